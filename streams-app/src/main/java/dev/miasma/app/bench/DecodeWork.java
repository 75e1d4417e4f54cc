// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.Batch;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes as the monitor does, pseudonyms and fingerprints included, and keeps nothing. */
final class DecodeWork implements ConsumerContender.Work {
    static final String KEY = "a key that is only for measuring";

    private final EventDecoder decoder = decoder();
    private long classes;

    /** A decoder with the monitor's defaults. */
    static EventDecoder decoder() {
        MiasmaConfig config = MiasmaConfig.of(Map.of(ConfigKey.INPUT_TOPICS, "bench", ConfigKey.IDENTITY_KEY, KEY));
        return new EventDecoder(config.input(), config.identity(), InstantSource.system());
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> event) {
        take(event.value(), event.timestamp());
    }

    /** Decodes the bytes of one event, and of a batch all rows. */
    void take(byte[] event, long timeMillis) {
        Decoded decoded = decoder.decode(event, new Arrival("", timeMillis, null, null));
        if (decoded instanceof Batch batch) {
            for (int row = 0; row < batch.size(); row++) {
                take(batch.row(row));
            }
        } else {
            take(decoded);
        }
    }

    private void take(Decoded decoded) {
        if (!(decoded instanceof Prediction prediction)) {
            throw new BenchException("an event cannot be decoded: " + decoded);
        }
        classes += prediction.classes();
    }

    /** Classes of all predictions, so that none is made for nothing. */
    long classes() {
        return classes;
    }
}
