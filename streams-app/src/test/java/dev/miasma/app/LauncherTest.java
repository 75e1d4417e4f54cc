// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run with JDKs that are scripts too: they print the arguments they are given, one a line. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "miasma");
    private static final String MAIN = "dev.miasma.app.Main";

    @TempDir
    Path temporary;

    private final Map<String, String> environment = new HashMap<>();
    private Path home = Path.of("");
    private Path launcher = Path.of("");

    private record Outcome(int exitCode, List<String> out, String err) {}

    @BeforeEach
    void lay_out_a_release_and_an_old_java() throws IOException {
        home = Files.createDirectories(temporary.resolve("a home"));
        launcher = Files.copy(LAUNCHER, home.resolve("miasma"));
        Files.createDirectories(home.resolve("lib"));
        Path oldJava = jdk("jdk-17", "17.0.9");
        environment.put("HOME", temporary.toString());
        environment.put("JAVA_HOME", oldJava.toString());
        environment.put("PATH", oldJava.resolve("bin") + ":/usr/bin:/bin");
        environment.put("MIASMA_JDK_DIRS", Files.createDirectories(temporary.resolve("none")) + ":/nowhere");
    }

    @Test
    void says_what_to_install_where_no_jdk_is_new_enough() throws Exception {
        Outcome outcome = run(home);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("Miasma needs a JDK 25 or newer, and found only Java 17: install one, for example Temurin 25"
                        + " from https://adoptium.net, or set JAVA_HOME to it.\n");
    }

    @Test
    void asks_a_java_on_the_path_that_has_no_release_file() throws Exception {
        Path bin = Files.createDirectories(temporary.resolve("shims"));
        script(bin.resolve("java"), "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");
        environment.remove("JAVA_HOME");
        environment.put("PATH", bin + ":/usr/bin:/bin");

        assertThat(run(home).err()).contains("found only Java 21:");
    }

    @Test
    void passes_arguments_and_jvm_flags_on_unchanged() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk 25", "25").toString());
        environment.put("MIASMA_JAVA_OPTS", "-Xmx1g -Dstar=*");

        Outcome outcome = run(home, "demo", "--", "two words", "", "*", "--json");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsExactly(
                        "jdk 25",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        "-Dstar=*",
                        "-cp",
                        home.toRealPath().resolve("lib") + "/*",
                        MAIN,
                        "demo",
                        "--",
                        "two words",
                        "",
                        "*",
                        "--json");
    }

    @Test
    void returns_the_exit_code_of_the_program() throws Exception {
        Path jdk = jdk("jdk-25", "25");
        script(jdk.resolve("bin/java"), "exit 7");
        environment.put("JAVA_HOME", jdk.toString());

        assertThat(run(home).exitCode()).isEqualTo(7);
    }

    @Test
    void works_through_a_link_from_another_folder() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25").toString());
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("..", "a home", "miasma"));
        launcher = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));

        assertThat(run(elsewhere, "x").out()).endsWith(home.toRealPath().resolve("lib") + "/*", MAIN, "x");
    }

    @Test
    void takes_its_own_jdk_before_the_usual_one_before_those_it_looks_for() throws Exception {
        environment.put("MIASMA_JDK_DIRS", "/nowhere:" + temporary);
        jdk("jdk-26", "26-ea");
        assertThat(run(home).out()).startsWith("jdk-26");

        environment.put("JAVA_HOME", jdk("usual", "25.0.3").toString());
        assertThat(run(home).out()).startsWith("usual");

        environment.put("MIASMA_JAVA_HOME", jdk("own", "27").toString());
        assertThat(run(home).out()).startsWith("own");
    }

    @Test
    void refuses_an_own_jdk_that_is_too_old() throws Exception {
        environment.put("MIASMA_JAVA_HOME", jdk("ancient", "1.8.0_392").toString());

        Outcome outcome = run(home);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("MIASMA_JAVA_HOME is ")
                .contains("ancient")
                .contains("JDK 25 or newer");
    }

    @Test
    void builds_a_checkout_once_and_again_when_a_source_changes() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25").toString());
        Path source = layOutCheckout("echo building; touch streams-app/target/streams-app-1.jar");

        Outcome first = run(home);
        assertThat(first.err()).contains("The first build").contains("building\n");
        assertThat(first.out()).startsWith("jdk-25").contains(MAIN).doesNotContain("building");
        assertThat(run(home).err()).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(home).err()).contains("its sources have changed");
    }

    @Test
    void a_failed_build_ends_it() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25").toString());
        layOutCheckout("echo '[ERROR] broken'; exit 1");

        Outcome outcome = run(home);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("[ERROR] broken").contains("could not be built");
    }

    @Test
    void a_checkout_needs_a_compiler() throws Exception {
        Path runtime = jdk("jre-25", "25");
        Files.delete(runtime.resolve("bin/javac"));
        environment.put("JAVA_HOME", runtime.toString());
        assertThat(run(home).exitCode()).isZero();

        layOutCheckout("true");

        assertThat(run(home).err()).contains("found only Java 25 without its compiler");
    }

    private Path layOutCheckout(String build) throws IOException {
        Files.delete(home.resolve("lib"));
        Files.writeString(home.resolve("pom.xml"), "");
        Path sources = Files.createDirectories(home.resolve("streams-app/src/main"));
        Files.writeString(home.resolve("streams-app/pom.xml"), "");
        script(home.resolve("mvnw"), build);
        return Files.writeString(sources.resolve("A.java"), "");
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = temporary.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "echo '" + name + "'; for argument; do printf '%s\\n' \"$argument\"; done");
        script(jdk.resolve("bin/javac"), "true");
        return jdk;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }
}
