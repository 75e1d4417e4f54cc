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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a demo run opened, closed in the opposite order and once, whether it ends by itself or by Ctrl-C; its temporary
 * folder goes last.
 */
final class DemoResources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoResources.class);

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

    private void deleteFolder() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("could not delete {}: {}", folder, String.valueOf(e.getMessage()));
        }
    }
}
