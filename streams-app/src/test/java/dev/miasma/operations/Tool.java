// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not of this project and that tests use where they are. */
final class Tool {
    private Tool() {}

    /**
     * The first of the names that is a program on the PATH; skips the test where none is, and says so on the console.
     *
     * @param names by which it goes: upstream's own, and those of distributions
     */
    static String onPath(String... names) {
        Optional<String> found = Stream.of(names).filter(Tool::isThere).findFirst();
        if (found.isEmpty()) {
            String reason = "skipped: no " + String.join(" or ", names) + " on the PATH";
            // A skipped test is only a number in Maven's output, and what tests print goes to files: past both.
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(reason);
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    static boolean isThere(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
