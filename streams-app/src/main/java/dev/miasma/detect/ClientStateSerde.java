// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The bytes of a client's state in store and changelog, version 1, big-endian:
 *
 * <pre>
 * u8  version (1)        u8  risk band
 * i64 last seen          i64 since           i64 end of the cool-down
 * i64 queries            i64 first sights    i64 above the median   i64 flagged
 * i32 alarms
 * u8  rows, then rows x f64 M of the member-likeness sensor
 * i32 queries remembered, u8 pages, the pages' words as i64
 * </pre>
 */
final class ClientStateSerde implements Serde<ClientState> {
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 2 + 7 * Long.BYTES + Integer.BYTES + 1;

    @Override
    public Serializer<ClientState> serializer() {
        return (topic, state) -> state == null ? null : write(state);
    }

    @Override
    public Deserializer<ClientState> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ClientState state) {
        ByteBuffer out =
                ByteBuffer.allocate(FIXED_BYTES + state.memberLikeness.length * Double.BYTES + state.memory.bytes());
        out.put(VERSION)
                .put(state.band.id())
                .putLong(state.lastSeenMillis)
                .putLong(state.sinceMillis)
                .putLong(state.cooldownEndMillis)
                .putLong(state.queries)
                .putLong(state.firstSights)
                .putLong(state.aboveMedian)
                .putLong(state.flagged)
                .putInt(state.alarms)
                .put((byte) state.memberLikeness.length);
        for (double m : state.memberLikeness) {
            out.putDouble(m);
        }
        state.memory.write(out);
        return out.array();
    }

    static ClientState read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new SerializationException("client state of version " + version + ": this release reads version "
                        + VERSION + "; run the release that wrote it, or reset the application");
            }
            ClientState state = new ClientState();
            state.band = RiskBand.ofId(in.get());
            state.lastSeenMillis = in.getLong();
            state.sinceMillis = in.getLong();
            state.cooldownEndMillis = in.getLong();
            state.queries = in.getLong();
            state.firstSights = in.getLong();
            state.aboveMedian = in.getLong();
            state.flagged = in.getLong();
            state.alarms = in.getInt();
            state.memberLikeness = new double[Byte.toUnsignedInt(in.get())];
            for (int row = 0; row < state.memberLikeness.length; row++) {
                state.memberLikeness[row] = in.getDouble();
            }
            state.memory = FirstSightMemory.read(in);
            return state;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException("client state of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
