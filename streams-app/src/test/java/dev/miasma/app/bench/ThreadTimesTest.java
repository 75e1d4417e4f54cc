// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.app.bench.ThreadTimes.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadTimesTest {
    @TempDir
    private Path threads = Path.of("");

    private void thread(int id, String name, int userTicks, int systemTicks) throws IOException {
        Files.createDirectory(threads.resolve(Integer.toString(id)));
        Files.writeString(
                threads.resolve(id + "/stat"),
                "%d (%s) S 1 2 3 0 -1 4 5 6 7 8 %d %d 0 0 20 0 42 0\n".formatted(id, name, userTicks, systemTicks));
    }

    @ParameterizedTest
    @CsvSource({
        "miasma-bench-mw, STREAM",
        "kafka-producer-, PRODUCER",
        "rocksdb:low, ROCKSDB",
        "C2 CompilerThre, JVM",
        "G1 Conc#0, JVM",
        "GC Thread#1, JVM",
        "data-plane-kafk, OTHER"
    })
    void a_threads_name_tells_what_it_does(String name, Kind kind) {
        assertThat(Kind.of(name)).isEqualTo(kind);
    }

    @Test
    void adds_user_and_system_time_up_by_kind() throws IOException {
        thread(1, "miasma-bench-a)", 3, 4);
        thread(2, "miasma-bench-b", 10, 0);
        thread(3, "rocksdb:high", 0, 5);
        Files.createDirectory(threads.resolve("4"));

        assertThat(new ThreadTimes(threads).read())
                .containsAllEntriesOf(Map.of(
                        Kind.STREAM, 170_000_000L, Kind.ROCKSDB, 50_000_000L, Kind.PRODUCER, 0L, Kind.OTHER, 0L));
    }

    @Test
    void says_nothing_where_the_system_does_not_tell() {
        assertThat(new ThreadTimes(threads.resolve("none")).read()).isEmpty();
    }
}
