// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a command that works in a loop of Ctrl-C, and holds the JVM until it has written what it has. */
final class StopSignal implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("miasma-stop").unstarted(this::stop);
    private volatile boolean stopped;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether to come to an end. */
    boolean isStopped() {
        return stopped || Thread.currentThread().isInterrupted();
    }

    private void stop() {
        stopped = true;
        try {
            boolean _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook was told.
        }
    }
}
