// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.Brokers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk with the state is full: a running monitor goes on as long as it has no need to write there, one that starts says
 * so and stops, and one that has room again goes on where they were.
 */
class DiskFullIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_full_disk_under_the_state_costs_no_alert() throws Exception {
        Path state = Files.createDirectories(folder.resolve("disk"));
        List<String> onSmallDisk = onDisk(state, "64m");
        List<String> onFullDisk = onDisk(state, "64k");
        Assumptions.assumeTrue(
                works(onSmallDisk), "skipped: a disk of a few megabytes needs Linux and leave to mount one (unshare)");
        try (Brokers brokers = Brokers.start(folder, 1, Map.of())) {
            brokers.createTopic(DisturbedStream.input("full"), DisturbedStream.PARTITIONS, Map.of());
            DisturbedStream stream = new DisturbedStream(brokers.bootstrapServers(), "full", folder, Map.of());
            stream.settings()
                    .with(ConfigKey.STATE_DIR, state.toString())
                    .with(ConfigKey.INSTANCE_ID, "full-1")
                    // A thread that died is forgotten, and the next one tries, the sooner.
                    .with("kafka.session.timeout.ms", "6000")
                    .with("kafka.heartbeat.interval.ms", "1000");
            String[] run = stream.settings().runArguments();
            try (ChildJvm crowded = ChildJvm.startBehind(onSmallDisk, folder, List.of(), Map.of(), run)) {
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, crowded);
                fill(Path.of("/proc/" + crowded.pid() + "/root" + state));
                stream.awaitDone(DisturbedStream.QUERIES / 2, crowded);
                crowded.stop();
            }
            try (ChildJvm full = ChildJvm.startBehind(onFullDisk, folder, List.of(), Map.of(), run)) {
                assertThat(full.await()).isEqualTo(1);
                assertThat(full.err()).contains("No space left on device").contains(state.toString());
            }
            try (ChildJvm roomy = ChildJvm.start(folder, run)) {
                stream.assertNothingLostAndNothingTwice(roomy);
            }
        }
    }

    /** A command that runs another with a disk of a size at a place. */
    private static List<String> onDisk(Path place, String size) {
        String script = "mount -t tmpfs -o size=" + size + " tmpfs '" + place + "' && exec \"$@\"";
        return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh");
    }

    private static void fill(Path disk) {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
