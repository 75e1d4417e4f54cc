// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Text files of zeros and ones as the authors of Shokri et al. 2017 publish their data sets: a record a line, fields
 * parted by commas, no header, and in front, where a file has them, the class from 1, in quotes or not.
 *
 * <p>These files have hundreds of millions of fields of one character, so they are read character by character and kept
 * as bits.
 */
final class BitLines {

    private final Path path;
    private final String expected;
    private final int classes;
    private final List<long[]> rows = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private int width = -1;

    /**
     * @param expected what the file should be, for messages
     * @param classes number of classes; 0 where lines have no class in front
     */
    private BitLines(Path path, String expected, int classes) {
        this.path = path;
        this.expected = expected;
        this.classes = classes;
    }

    /**
     * Reads a file.
     *
     * @param expected what the file should be, for messages
     * @param classes number of classes; 0 where lines have no class in front
     * @throws IOException if it can't be read or a line is wrong, naming file, line and what was expected
     */
    static BitLines read(Path path, String expected, int classes) throws IOException {
        BitLines lines = new BitLines(path, expected, classes);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(DataFiles.open(path), StandardCharsets.ISO_8859_1), 1 << 16)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    lines.line(line);
                }
            }
        } catch (ZipException | EOFException e) {
            throw DataFiles.broken(path, expected, "after " + lines.rows.size() + " lines: " + DataFiles.reason(e));
        }
        return lines;
    }

    BitFeatures features() {
        return new BitFeatures(rows.toArray(long[][]::new), Math.max(width, 0));
    }

    int[] labels() {
        return labels.stream().mapToInt(Integer::intValue).toArray();
    }

    private void line(String line) throws IOException {
        int from = 0;
        if (classes > 0) {
            int comma = Math.max(line.indexOf(','), 0);
            labels.add(label(line.substring(0, comma)));
            from = comma + 1;
        }
        int fields = (line.length() - from + 1) / 2;
        if (width < 0) {
            width = fields;
        }
        if (fields != width || (line.length() - from) % 2 == 0) {
            throw wrong("has " + fields + " features, and line 1 has " + width);
        }
        long[] bits = new long[(fields + 63) / 64];
        for (int i = 0; i < fields; i++) {
            char digit = line.charAt(from + 2 * i);
            boolean bit = digit == '0' || digit == '1';
            boolean parted = i == 0 || line.charAt(from + 2 * i - 1) == ',';
            if (!bit || !parted) {
                throw wrong("is not zeros and ones parted by commas near feature " + (i + 1));
            }
            bits[i >> 6] |= (long) (digit - '0') << i;
        }
        rows.add(bits);
    }

    private int label(String text) throws IOException {
        String number = text.replace("\"", "");
        if (number.length() <= 9 && number.chars().allMatch(c -> c >= '0' && c <= '9') && !number.isEmpty()) {
            int label = Integer.parseInt(number);
            if (label >= 1 && label <= classes) {
                return label - 1;
            }
        }
        throw wrong("has no class 1 to " + classes + " in front");
    }

    private IOException wrong(String what) {
        return DataFiles.broken(path, expected, "that line " + (rows.size() + 1) + " " + what);
    }
}
