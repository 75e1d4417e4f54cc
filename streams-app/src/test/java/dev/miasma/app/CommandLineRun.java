// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A run of the command line in this JVM. Standard output and standard error are exchanged meanwhile, but for the log,
 * which has taken hold of standard error before.
 *
 * @param exitCode it ended with
 * @param out lines on standard output
 * @param err lines on standard error
 */
record CommandLineRun(int exitCode, List<String> out, List<String> err) {
    static CommandLineRun of(String... arguments) {
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (PrintStream newOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream newErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            exitCode = MiasmaCommand.execute(arguments);
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
        return new CommandLineRun(exitCode, lines(out), lines(err));
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
