// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.decode.Arrival;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Prediction events in files of JSON lines, also as .gz; "-" is standard input. */
final class EventFiles {
    /** What stands for standard input. */
    static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;
    private final InstantSource clock;

    /**
     * @param standardInput what "-" reads
     * @param clock time of an event that has none
     */
    EventFiles(InputStream standardInput, InstantSource clock) {
        this.standardInput = standardInput;
        this.clock = clock;
    }

    /**
     * Reads the files in order until they end or no more is wanted.
     *
     * @throws IOException if one cannot be read
     */
    void read(List<String> files, EventSink sink) throws IOException {
        for (String file : files) {
            if (!read(file, sink)) {
                return;
            }
        }
    }

    private boolean read(String file, EventSink sink) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return lines(file, standardInput, sink);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return lines(file, file.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in, sink);
        }
    }

    private boolean lines(String file, InputStream in, EventSink sink) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Arrival arrival = new Arrival(file + ":" + number, clock.millis(), null, null);
            if (!sink.take(line.getBytes(StandardCharsets.UTF_8), arrival)) {
                return false;
            }
        }
        return true;
    }
}
