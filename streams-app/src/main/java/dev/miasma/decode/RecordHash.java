// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.miasma.config.FeatureSettings;
import dev.miasma.config.IdentitySettings;
import java.io.IOException;

/**
 * The hash of a record, the same one that {@link EventDecoder} finds for an event with these features: the same code reads
 * both. Not thread-safe.
 */
public final class RecordHash {
    private final Features features = new Features(FeatureSettings.MOST_FEATURES);
    private final FeatureReader reader;
    private final long check;

    /** @param identity the secret that keys the hash */
    public RecordHash(IdentitySettings identity) {
        Secrets secrets = new Secrets(identity);
        reader = new FeatureReader(secrets.fingerprintHash(), secrets.localityHash(), features);
        check = secrets.check();
    }

    /** A number that tells the secret from others without telling anything of it. */
    public static long check(IdentitySettings identity) {
        return new Secrets(identity).check();
    }

    /** That number of the secret in use. */
    public long check() {
        return check;
    }

    /**
     * Hashes one record.
     *
     * @param json its features, as an event has them in the field of that name
     * @return the keyed 64-bit hash, {@link Prediction#recordHash}
     * @throws IllegalArgumentException if that is no JSON or more than one value; the message quotes nothing of it
     */
    public long of(byte[] json) {
        try (JsonParser parser = EventJson.parser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                throw new IllegalArgumentException("no features");
            }
            long hash = reader.read(first, parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the features");
            }
            return hash;
        } catch (IOException e) {
            // Jackson's own message quotes the input.
            throw new IllegalArgumentException("not JSON that can be read");
        }
    }

    /** Whether the record hashed last is an array and has no names. */
    public boolean isArray() {
        return !features.isNamed();
    }

    /** The features of the record hashed last, in their order; NaN for what is not a number. */
    public float[] numbers() {
        float[] numbers = new float[features.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = features.code(i) == 0 ? features.value(i) : Float.NaN;
        }
        return numbers;
    }

    /** How many features the record hashed last has, {@value FeatureSettings#MOST_FEATURES} at most. */
    public int count() {
        return features.count();
    }
}
