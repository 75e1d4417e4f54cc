// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries that the container image gets, and the program with no others. */
class ImageLibrariesIT {
    private static final Path LIBRARIES = Path.of("target", "image", "lib");
    private static final Path FLAGS = Path.of("..", "src", "docker", "jvm.options");

    @TempDir
    Path folder;

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeAll
    static void they_are_laid_out() {
        assumeTrue(
                Files.isDirectory(LIBRARIES),
                "skipped: " + LIBRARIES + " is not there; Maven's phase package lays it out");
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.map(jar -> jar.getFileName().toString()).toList();
        }
    }

    @Test
    void of_kafka_there_are_clients_and_streams_and_no_broker() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.startsWith("kafka"))
                .allMatch(name -> name.matches("kafka-(clients|streams)-\\d.*\\.jar"))
                .hasSize(2);
        assertThat(names())
                .isNotEmpty()
                .noneMatch(name -> name.matches(
                        "(?i).*(scala|zookeeper|jopt|argparse|yammer|metrics-core-2|re2j|hash4j|junit|mockito).*"));
    }

    @Test
    void everything_that_tests_alone_want_stays_out() throws IOException {
        assertThat(names()).noneMatch(name -> name.matches("(assertj|jqwik|archunit|testcontainers|kubernetes).*"));
    }

    @Test
    void the_monitor_runs_with_them() throws Exception {
        assertThat(miasma("run", "--help").out()).startsWith("Usage: miasma run");

        Outcome outcome = miasma("run", "--describe", "--set", "identity.pseudonyms=false");

        assertThat(outcome.err()).doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Topologies:", "predictions");
    }

    @Test
    void a_drill_and_its_attack_model_are_made_with_them() throws Exception {
        Path events = folder.resolve("events.jsonl");
        Path models = folder.resolve("models");

        Outcome outcome = miasma(
                "simulate", "--save-model", models.toString(), "--queries", "200", "--output", events.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(events).content().hasLineCount(200);
        assertThat(models.resolve("drill.json")).isNotEmptyFile();
    }

    @Test
    void the_demo_says_that_its_broker_is_not_there() throws Exception {
        Outcome outcome = miasma("demo");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("miasma: the demo's broker is not in this build of Miasma")
                .hasLineCount(1);
    }

    private Outcome miasma(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + FLAGS,
                "-cp",
                Path.of("target", "classes") + File.pathSeparator + LIBRARIES.resolve("*"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MIASMA_") || name.equals("JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
