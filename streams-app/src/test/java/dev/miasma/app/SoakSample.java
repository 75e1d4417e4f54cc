// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a monitor holds at a time.
 *
 * @param heap bytes in use; the least of a while is what a garbage collection leaves
 * @param threads live ones
 * @param files open ones
 * @param resident bytes of memory of the process, in all
 * @param state bytes of its state folder
 */
record SoakSample(double heap, double threads, double files, double resident, double state) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static SoakSample of(int port, long pid, Path stateFolder) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(PATIENCE)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Page page = new Page(
                    200,
                    "",
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return new SoakSample(
                    page.sum("jvm_memory_used_bytes{area=\"heap\""),
                    page.value("jvm_threads_live_threads"),
                    page.value("process_files_open_files"),
                    resident(pid),
                    bytesBelow(stateFolder));
        }
    }

    private static double resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double bytesBelow(Path folder) throws IOException {
        double bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                bytes += size(file);
            }
        } catch (UncheckedIOException e) {
            return Double.NaN; // A file went away while it was being listed.
        }
        return bytes;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Each figure in the second and in the last quarter of the time. */
    static Map<String, Object> report(List<SoakSample> samples) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("samples", samples.size());
        report.put("heapBytes", Map.of("early", leastHeap(early(samples)), "late", leastHeap(late(samples))));
        put(report, samples, "threads", SoakSample::threads);
        put(report, samples, "openFiles", SoakSample::files);
        put(report, samples, "residentBytes", SoakSample::resident);
        put(report, samples, "stateBytes", SoakSample::state);
        return report;
    }

    private static void put(
            Map<String, Object> report, List<SoakSample> samples, String name, ToDoubleFunction<SoakSample> figure) {
        report.put(name, Map.of("early", median(early(samples), figure), "late", median(late(samples), figure)));
    }

    private static List<SoakSample> early(List<SoakSample> samples) {
        return samples.subList(samples.size() / 4, samples.size() / 2);
    }

    private static List<SoakSample> late(List<SoakSample> samples) {
        return samples.subList(3 * samples.size() / 4, samples.size());
    }

    private static double leastHeap(List<SoakSample> samples) {
        return samples.stream().mapToDouble(SoakSample::heap).min().orElse(Double.NaN);
    }

    private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> figure) {
        double[] sorted = samples.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** Fails on what has grown from early to late by more than noise. */
    static void assertFlat(List<SoakSample> samples) {
        assertThat(samples).hasSizeGreaterThan(8);
        assertThat(leastHeap(late(samples)))
                .as("heap that a collection leaves")
                .isPositive()
                .isLessThanOrEqualTo(1.5 * leastHeap(early(samples)) + 16e6);
        assertThat(median(late(samples), SoakSample::threads))
                .as("threads")
                .isPositive()
                .isLessThanOrEqualTo(median(early(samples), SoakSample::threads) + 4);
        assertThat(median(late(samples), SoakSample::files))
                .as("open files")
                .isPositive()
                .isLessThanOrEqualTo(1.25 * median(early(samples), SoakSample::files) + 20);
    }
}
