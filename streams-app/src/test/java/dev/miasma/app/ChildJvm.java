// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program in a JVM of its own, with the flags of the launcher, so that it can be killed. Its folder is both its
 * working folder and its folder for temporary files.
 */
final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildJvm(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static ChildJvm start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), arguments);
    }

    /**
     * @param options of the JVM itself
     * @param arguments of the command line
     */
    static ChildJvm start(Path folder, List<String> options, String... arguments) throws IOException {
        return startBehind(List.of(), folder, options, Map.of(), arguments);
    }

    /** The same with environment variables beside its own, of which those of this project are taken away. */
    static ChildJvm start(Path folder, List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        return startBehind(List.of(), folder, options, environment, arguments);
    }

    /** The same behind a command that becomes the one after it. */
    static ChildJvm startBehind(
            List<String> prefix,
            Path folder,
            List<String> options,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        command.addAll(0, prefix);
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Path out = Files.createTempFile(logs, "child", ".out");
        Path err = Files.createTempFile(logs, "child", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MIASMA_"));
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), out, err);
    }

    /** Fails with its log if it has ended by itself. */
    void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the process ended with " + process.exitValue() + ":\n" + err());
        }
    }

    /** Ends it at once, without any of its own code. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** Stops all its threads where they are; it can still be killed. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets its threads go on. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("cannot send " + name + " to process " + process.pid());
        }
    }

    /** Asks it to end, as Ctrl-C does, and waits until it has. */
    int stop() throws InterruptedException {
        process.destroy();
        return await();
    }

    /** Waits until it has ended; its exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ":\n" + err());
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** Its standard output so far. */
    String out() {
        return text(out);
    }

    /** Its standard error so far. */
    String err() {
        return text(err);
    }

    /** Where its stream threads stand. */
    String streamThreads() {
        try {
            Process dump = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jstack")
                                    .toString(),
                            Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            String all = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(all.split("\n\n"))
                    .filter(thread -> thread.contains("StreamThread"))
                    .collect(Collectors.joining("\n\n"));
        } catch (IOException e) {
            return "cannot see its threads: " + e;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
