// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Opens text tables, plain or compressed. */
final class CsvFiles {

    private static final int BUFFER = 64 << 10;

    private CsvFiles() {}

    /** A parser of a UTF-8 file with commas and optional quotes; decompressed if its name ends in ".gz". */
    static CSVParser open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            InputStream text = path.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
            return CSVFormat.DEFAULT
                    .builder()
                    .setTrim(true)
                    .get()
                    .parse(new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The reason of a failed read, for a message that names the file itself. */
    static String reason(Exception e) {
        Throwable cause = e instanceof java.io.UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
