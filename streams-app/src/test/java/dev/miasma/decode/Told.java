// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a decoder tells of an event, to compare; nothing where it is rejected, for an event may be wrong in two ways and
 * one parser sees the one first and another the other.
 */
final class Told {
    private Told() {}

    static List<?> of(Decoded decoded) {
        return switch (decoded) {
            case Rejection rejection -> List.of();
            case Prediction prediction ->
                List.of(
                        prediction.toString(),
                        prediction.client(),
                        String.valueOf(prediction.cohort()),
                        prediction.timeMillis(),
                        Arrays.toString(Arrays.copyOf(prediction.posterior(), prediction.classes())),
                        prediction.trueClass(),
                        prediction.fingerprint(),
                        prediction.recordHash(),
                        Arrays.toString(prediction.locality()),
                        prediction.represents());
            case Batch batch ->
                IntStream.range(0, batch.size())
                        .mapToObj(row -> of(batch.row(row)))
                        .toList();
            default -> throw new AssertionError("a decoder gives no " + decoded.getClass());
        };
    }
}
