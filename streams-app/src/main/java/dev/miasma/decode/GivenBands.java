// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads a ready-made locality fingerprint: 4 to 16 texts or whole numbers, one a band. Fewer than 16 are repeated in turn,
 * so that a quarter of 4, 8 or 16 given bands equal is a quarter of all equal. Not thread-safe.
 */
final class GivenBands {
    static final int FEWEST = 4;

    private final KeyedHash hash;
    private final long[] given = new long[Locality.BANDS];

    GivenBands(KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * Reads the array.
     *
     * @param token the parser's current token
     * @throws RejectedEventException if it is no such array
     */
    long[] read(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw new RejectedEventException(
                    RejectReason.WRONG_TYPE, "locality must be an array of strings or whole numbers");
        }
        int count = 0;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (count == Locality.BANDS) {
                throw new RejectedEventException(
                        RejectReason.INVALID_LOCALITY, "locality has more than " + Locality.BANDS + " bands");
            }
            String band = EventParser.textOrNumber("locality[" + count + "]", next, parser);
            given[count] = hash.reset().add((long) count).add(band).value();
            count++;
        }
        if (count < FEWEST) {
            throw new RejectedEventException(
                    RejectReason.INVALID_LOCALITY,
                    "locality has " + count + " bands: " + FEWEST + " to " + Locality.BANDS + " are needed");
        }
        long[] locality = new long[Locality.WORDS];
        for (int band = 0; band < Locality.BANDS; band++) {
            Locality.set(locality, band, given[band % count]);
        }
        return locality;
    }
}
