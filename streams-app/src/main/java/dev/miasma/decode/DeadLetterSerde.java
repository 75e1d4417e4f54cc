// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Writes dead letters; the topology sends nothing else of {@link Decoded} to a topic, and reads none. */
public final class DeadLetterSerde implements Serde<Decoded> {
    @Override
    public Serializer<Decoded> serializer() {
        return (topic, value) -> ((DeadLetter) Objects.requireNonNull(value)).json();
    }

    @Override
    public Deserializer<Decoded> deserializer() {
        return (topic, bytes) -> new DeadLetter(Objects.requireNonNull(bytes));
    }
}
