// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a demo run opened, closed in the opposite order and once, whether it ends by itself or by Ctrl-C; its temporary
 * folder goes last.
 */
final class DemoResources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoResources.class);

    private static final int DELETE_ATTEMPTS = 100;
    private static final int TIMES_GONE = 5;
    private static final long DELETE_PAUSE_NANOS = 20_000_000;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path folder;
    private final Thread hook = Thread.ofPlatform().name("miasma-demo-stop").unstarted(this::stop);
    private volatile boolean stopping;
    private boolean closed;

    DemoResources() throws IOException {
        folder = Files.createTempDirectory("miasma-demo-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A folder for this run. */
    Path folder() {
        return folder;
    }

    /** Takes charge of something; where the run is over already, closes it at once. */
    <T extends AutoCloseable> T add(T resource) {
        synchronized (this) {
            if (!closed) {
                open.push(resource);
                return resource;
            }
        }
        close(resource);
        return resource;
    }

    /** Where the JVM is going down, waits until it has. */
    void awaitEndIfStopping() throws InterruptedException {
        if (stopping) {
            new CountDownLatch(1).await();
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook is or was at it.
        }
    }

    private void stop() {
        stopping = true;
        closeAll();
    }

    private synchronized void closeAll() {
        closed = true;
        while (!open.isEmpty()) {
            close(open.pop());
        }
        deleteFolder();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("could not close {}", resource.getClass().getSimpleName(), e);
        }
    }

    /**
     * Where the JVM is going down, the threads that start things are still at it and may write into the folder that is
     * being deleted, so it has to stay away for a moment.
     */
    private void deleteFolder() {
        int timesGone = 0;
        String problem = "";
        for (int attempt = 0; attempt < DELETE_ATTEMPTS && timesGone < (stopping ? TIMES_GONE : 1); attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(DELETE_PAUSE_NANOS);
            }
            try {
                deleteTree();
                timesGone++;
            } catch (IOException | UncheckedIOException e) {
                timesGone = 0;
                problem = String.valueOf(e.getMessage());
            }
        }
        if (timesGone == 0) {
            LOG.warn("could not delete {}: {}", folder, problem);
        }
    }

    private void deleteTree() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
