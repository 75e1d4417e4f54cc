// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A file of unsigned bytes in the idx format of LeCun's MNIST page: two zero bytes, the type (8), the number of
 * dimensions, each dimension as a big-endian 32-bit number, and the values.
 *
 * @param bytes the whole file, decompressed
 * @param header length of what comes before the values
 * @param dimensions the first is the number of records
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record IdxFile(byte[] bytes, int header, int[] dimensions) {

    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_BYTES = 256 << 20;

    /**
     * Reads a file.
     *
     * @param recordShape the dimensions after the first, which say how large a record is
     * @throws IOException if it has another shape or isn't whole, naming it, what was found and what was expected
     */
    static IdxFile read(Path path, int... recordShape) throws IOException {
        String expected = "an idx file of unsigned bytes, records" + times(recordShape) + ",";
        byte[] bytes = DataFiles.bytes(path, MOST_BYTES, expected);
        int rank = recordShape.length + 1;
        int header = 4 + 4 * rank;
        if (bytes.length < header) {
            throw DataFiles.broken(path, expected, bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int magic = buffer.getInt();
        if (magic != (UNSIGNED_BYTE << 8 | rank)) {
            throw DataFiles.broken(path, expected, String.format("the magic number 0x%08x", magic));
        }
        int[] dimensions = IntStream.range(0, rank).map(i -> buffer.getInt()).toArray();
        if (!Arrays.equals(dimensions, 1, rank, recordShape, 0, recordShape.length) || dimensions[0] < 0) {
            throw DataFiles.broken(path, expected, "dimensions " + Arrays.toString(dimensions));
        }
        long values = Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
        if (bytes.length - header != values) {
            throw DataFiles.broken(
                    path,
                    values + " bytes for dimensions " + Arrays.toString(dimensions),
                    (bytes.length - header) + (bytes.length > MOST_BYTES ? " or more" : ""));
        }
        return new IdxFile(bytes, header, dimensions);
    }

    /** Number of records. */
    int size() {
        return dimensions[0];
    }

    /** The values as records, one after the other. */
    byte[] values() {
        return Arrays.copyOfRange(bytes, header, bytes.length);
    }

    /** The values as labels. */
    int[] labels() {
        return IntStream.range(header, bytes.length).map(i -> bytes[i] & 0xff).toArray();
    }

    private static String times(int[] shape) {
        StringBuilder text = new StringBuilder();
        for (int dimension : shape) {
            text.append(" x ").append(dimension);
        }
        return text.toString();
    }
}
