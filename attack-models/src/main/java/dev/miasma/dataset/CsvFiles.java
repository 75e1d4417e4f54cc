// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Opens text tables, plain or compressed. */
final class CsvFiles {

    private static final int BUFFER = 64 << 10;

    private CsvFiles() {}

    /** A parser of a UTF-8 file with commas and optional quotes; decompressed if its name ends in ".gz". */
    static CSVParser open(Path path) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setTrim(true)
                .get()
                .parse(new BufferedReader(new InputStreamReader(DataFiles.open(path), StandardCharsets.UTF_8), BUFFER));
    }
}
