// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public data sets that may lie beside the repository: in the folder of the system property "miasma.shared", else in
 * "shared" next to a folder above this one.
 */
public final class SharedData {
    private SharedData() {}

    /** The folder with a data set of this name in it; skips the test, saying why, if it isn't there. */
    public static Path require(String dataset) {
        Optional<Path> found =
                root().map(root -> root.resolve("data")).filter(data -> Files.isDirectory(data.resolve(dataset)));
        assumeTrue(found.isPresent(), "skipped: no shared/data/" + dataset + "; set -Dmiasma.shared to its folder");
        return found.orElseThrow();
    }

    private static Optional<Path> root() {
        @Nullable String configured = System.getProperty("miasma.shared", System.getenv("miasma.shared"));
        if (configured != null) {
            return Optional.of(Path.of(configured));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared");
            if (Files.isDirectory(candidate.resolve("data"))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
