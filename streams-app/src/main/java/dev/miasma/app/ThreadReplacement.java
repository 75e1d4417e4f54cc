// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that dies, a few times in a while. When they keep dying, this instance stops, so that
 * whatever runs it starts a fresh one; the other instances go on.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    static final int MOST = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Deque<Long> deaths = new ArrayDeque<>();

    ThreadReplacement(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable error) {
        long now = clock.millis();
        deaths.addLast(now);
        while (now - deaths.getFirst() > WINDOW.toMillis()) {
            deaths.removeFirst();
        }
        if (deaths.size() > MOST) {
            LOG.error("{} stream threads died within {}: this instance stops", deaths.size(), WINDOW, error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("a stream thread died and is replaced", error);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
