// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.NewerFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The bytes of a subject's state in store and changelog, version 3, big-endian; numbers marked v are zigzag varints.
 * Versions 1 and 2, of releases before, are still read.
 *
 * <pre>
 * u8  version (3)        u8  risk band, and 128 where the client-risk topic has a record of it, and 64 where the store
 *                            of memories has one
 * i64 last seen          v   since, last alarm and end of the cool-down, each as last seen minus it
 * v   queries, first sights, above the median, flagged, compared, near, climbed, checked, hits, alarms, series
 * i32 model of the bins  u8  bins, then each as v
 * for each of 5 sensors: u8 rows, then rows x f32 M
 * i32 queries remembered, then either u8 pages and the pages' words as i64,
 *     or 128, u8 the newest, each as i64, where {@link ClientMemoryStore} has the others
 * u8  fingerprints of the ring, and 128 where {@link ClientMemoryStore} has older ones, then each as 4 x i64 and f32
 * </pre>
 */
final class ClientStateSerde implements Serde<ClientState> {
    private static final byte VERSION = 3;
    private static final int TOLD = 0x80;
    private static final int KEPT = 0x40;
    private static final int MOST_NUMBERS = 14 + Tally.MAX_BINS;
    private static final int MOST_FIXED_BYTES = 2 + Long.BYTES + MOST_NUMBERS * 10 + Integer.BYTES + 1 + Sensor.COUNT;

    @Override
    public Serializer<ClientState> serializer() {
        return (topic, state) -> state == null ? null : write(state);
    }

    @Override
    public Deserializer<ClientState> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ClientState state) {
        int size = MOST_FIXED_BYTES + state.memory.bytes() + state.ring.bytes();
        for (float[] rows : state.evidence) {
            size += rows.length * Float.BYTES;
        }
        Tally tally = state.tally;
        long last = state.lastSeenMillis;
        ByteBuffer out = ByteBuffer.allocate(size);
        int flags = (state.told ? TOLD : 0) | (state.kept ? KEPT : 0);
        out.put(VERSION).put((byte) (state.band.id() | flags)).putLong(last);
        putAll(out, last - tally.sinceMillis, last - state.lastAlarmMillis, last - state.cooldownEndMillis);
        putAll(out, tally.queries, tally.firstSights, tally.aboveMedian, tally.flagged);
        putAll(out, tally.compared, tally.near, tally.climbed, tally.checked, tally.hits);
        putAll(out, state.alarms, state.series);
        out.putInt(tally.binsModel).put((byte) tally.bins.length);
        for (int bin : tally.bins) {
            ByteUtils.writeVarint(bin, out);
        }
        for (float[] rows : state.evidence) {
            out.put((byte) rows.length);
            for (float m : rows) {
                out.putFloat(m);
            }
        }
        state.memory.write(out);
        state.ring.write(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void putAll(ByteBuffer out, long... numbers) {
        for (long number : numbers) {
            ByteUtils.writeVarlong(number, out);
        }
    }

    static ClientState read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            return switch (version) {
                case 1 -> readVersion1(in);
                case 2, VERSION -> readVersion2Or3(in, version);
                default -> {
                    String message = "client state of version " + version + ": this release reads versions 1 to "
                            + VERSION + "; run the release that wrote it, or reset the application";
                    throw new SerializationException(message, NewerFormatException.of(message, version, VERSION));
                }
            };
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException("client state of " + bytes.length + " bytes cannot be read", e);
        }
    }

    /** Version 2 had all of memory and ring with the state. */
    private static ClientState readVersion2Or3(ByteBuffer in, byte version) {
        int head = in.get();
        long last = in.getLong();
        ClientState state = ClientState.firstSeen(last);
        state.band = RiskBand.ofId((byte) (version == 2 ? head & ~TOLD : head & ~(TOLD | KEPT)));
        state.told = (head & TOLD) != 0;
        state.kept = version != 2 && (head & KEPT) != 0;
        Tally tally = state.tally;
        tally.sinceMillis = last - ByteUtils.readVarlong(in);
        state.lastAlarmMillis = last - ByteUtils.readVarlong(in);
        state.cooldownEndMillis = last - ByteUtils.readVarlong(in);
        tally.queries = ByteUtils.readVarlong(in);
        tally.firstSights = ByteUtils.readVarlong(in);
        tally.aboveMedian = ByteUtils.readVarlong(in);
        tally.flagged = ByteUtils.readVarlong(in);
        tally.compared = ByteUtils.readVarlong(in);
        tally.near = ByteUtils.readVarlong(in);
        tally.climbed = ByteUtils.readVarlong(in);
        tally.checked = ByteUtils.readVarlong(in);
        tally.hits = ByteUtils.readVarlong(in);
        state.alarms = (int) ByteUtils.readVarlong(in);
        state.series = (int) ByteUtils.readVarlong(in);
        tally.binsModel = in.getInt();
        tally.bins = new int[requireAtMost(Tally.MAX_BINS, "bins", in)];
        for (int bin = 0; bin < tally.bins.length; bin++) {
            tally.bins[bin] = ByteUtils.readVarint(in);
        }
        for (int place = 0; place < Sensor.COUNT; place++) {
            float[] rows = new float[Byte.toUnsignedInt(in.get())];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = in.getFloat();
            }
            state.evidence[place] = rows;
        }
        state.memory = version == 2 ? FirstSightMemory.readWhole(in) : FirstSightMemory.read(in);
        state.ring = version == 2 ? LocalityRing.readWhole(in) : LocalityRing.read(in);
        return state;
    }

    private static int requireAtMost(int most, String what, ByteBuffer in) {
        int count = Byte.toUnsignedInt(in.get());
        if (count > most) {
            throw new IllegalArgumentException(count + " " + what + ": at most " + most + " can be");
        }
        return count;
    }

    /** Version 1 knew the attack score alone, with M in double precision. */
    private static ClientState readVersion1(ByteBuffer in) {
        RiskBand band = RiskBand.ofId(in.get());
        ClientState state = ClientState.firstSeen(in.getLong());
        state.band = band;
        state.tally.sinceMillis = in.getLong();
        state.cooldownEndMillis = in.getLong();
        state.tally.queries = in.getLong();
        state.tally.firstSights = in.getLong();
        state.tally.aboveMedian = in.getLong();
        state.tally.flagged = in.getLong();
        state.alarms = in.getInt();
        state.series = Math.min(1, state.alarms);
        state.told = true;
        float[] rows = new float[Byte.toUnsignedInt(in.get())];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = EDetector.roundedDown(in.getDouble());
        }
        state.evidence[Sensor.MEMBER_LIKENESS] = rows;
        state.memory = FirstSightMemory.readWhole(in);
        return state;
    }
}
