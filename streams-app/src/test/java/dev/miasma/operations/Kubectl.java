// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The kubectl of this machine, for what it does without a cluster. */
final class Kubectl {
    private Kubectl() {}

    /** Renders a folder of this repository; skips the test, saying why, where there is no kubectl. */
    static String kustomize(String folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("kustomize", ".yaml");
        try {
            Process process = start(folder, out);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return Files.readString(out);
        } finally {
            Files.delete(out);
        }
    }

    private static Process start(String folder, Path out) throws IOException {
        try {
            return new ProcessBuilder(
                            "kubectl", "kustomize", Repository.file(folder).toString())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("skipped: no kubectl here to render " + folder + " with");
            throw e;
        }
    }
}
