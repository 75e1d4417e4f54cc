// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes a key as it came. */
public final class PlacedKeySerde implements Serde<PlacedKeySerde.PlacedKey> {

    /**
     * The key of a record and the partition it was read from, which nothing in the key tells: producers may choose any.
     *
     * @param bytes the key as it came
     * @param partition partition it came from, and goes to
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    public record PlacedKey(byte @Nullable [] bytes, int partition) {}

    @Override
    public Serializer<PlacedKey> serializer() {
        return (topic, key) -> key.bytes();
    }

    @Override
    public Deserializer<PlacedKey> deserializer() {
        return (topic, bytes) -> {
            throw new UnsupportedOperationException("the key as it was written does not tell a partition");
        };
    }
}
