// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.NewerFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The bytes of what a subject has asked in store and changelog, version 1, big-endian.
 *
 * <pre>
 * u8  version (1)
 * i32 queries remembered, u8 pages, the pages' words as i64
 * u8  fingerprints in the ring, u8 place of the oldest, then each as 4 x i64 and f32
 * </pre>
 */
final class ClientMemorySerde implements Serde<ClientMemory> {
    private static final byte VERSION = 1;

    @Override
    public Serializer<ClientMemory> serializer() {
        return (topic, memory) -> memory == null ? null : write(memory);
    }

    @Override
    public Deserializer<ClientMemory> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ClientMemory whole) {
        ByteBuffer out = ByteBuffer.allocate(
                1 + whole.memory().wholeBytes() + whole.ring().wholeBytes());
        out.put(VERSION);
        whole.memory().writeWhole(out);
        whole.ring().writeWhole(out);
        return out.array();
    }

    static ClientMemory read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                String message = "client memory of version " + version + ": this release reads version " + VERSION
                        + "; run the release that wrote it, or reset the application";
                throw new SerializationException(message, NewerFormatException.of(message, version, VERSION));
            }
            return new ClientMemory(FirstSightMemory.readWhole(in), LocalityRing.readWhole(in));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException("client memory of " + bytes.length + " bytes cannot be read", e);
        }
    }
}
