// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Processor time of this process by what its threads do, native ones included, as Linux counts it: in hundredths of a
 * second, by the first 15 characters of a thread's name. Threads that end take their time with them.
 */
final class ThreadTimes {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final long TICK_NANOS = 10_000_000;

    /** Places of user and system time behind a thread's name (proc_pid_stat(5), fields 14 and 15). */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private final Path threads;

    /** What threads do. */
    enum Kind {
        STREAM("StreamThreads", "stream threads", "miasma-bench.*"),
        PRODUCER("Producers", "producers", "kafka-producer-.*"),
        ROCKSDB("RocksDb", "RocksDB's flushes and compactions", "rocksdb:.*"),
        JVM("Jvm", "compiler and garbage collector", "(C1 Comp|C2 Comp|GC Thread|G1 |VM ).*"),
        OTHER("Others", "all others, the broker's if it is in this JVM", ".*");

        /** In names of figures. */
        final String code;

        final String words;
        private final String names;

        Kind(String code, String words, String names) {
            this.code = code;
            this.words = words;
            this.names = names;
        }

        static Kind of(String threadName) {
            for (Kind kind : values()) {
                if (threadName.matches(kind.names)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    ThreadTimes() {
        this(THREADS);
    }

    /** @param threads folder with a folder for each thread */
    ThreadTimes(Path threads) {
        this.threads = threads;
    }

    /** Nanoseconds so far; empty where the system does not tell. */
    Map<Kind, Long> read() {
        Map<Kind, Long> times = new EnumMap<>(Kind.class);
        if (!Files.isDirectory(threads)) {
            return times;
        }
        for (Kind kind : Kind.values()) {
            times.put(kind, 0L);
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                add(times, thread.resolve("stat"));
            }
        } catch (IOException e) {
            throw new BenchException("cannot read the times of threads below " + threads + ": " + e.getMessage());
        }
        return times;
    }

    private static void add(Map<Kind, Long> times, Path stat) {
        String line;
        try {
            line = Files.readString(stat, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended, before or while it was read.
            return;
        }
        int end = line.lastIndexOf(')');
        String[] fields = line.substring(end + 2).split(" ");
        long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
        times.merge(Kind.of(line.substring(line.indexOf('(') + 1, end)), ticks * TICK_NANOS, Long::sum);
    }
}
