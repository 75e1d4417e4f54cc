// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.NewerFormatException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that dies, a few times in a while. When they keep dying, this instance stops, so that
 * whatever runs it starts a fresh one; the other instances go on. A thread that died of waiting for a broker in vain is
 * replaced for as long as that takes. Where a right is missing, or bytes of a newer release are met, the instance stops
 * at once.
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
        String hopeless = hopeless(error);
        if (hopeless != null) {
            LOG.error("this instance stops: {}", hopeless);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (isTimeout(error)) {
            LOG.warn("a stream thread waited in vain for Kafka and is replaced", error);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
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

    private static boolean isTimeout(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** What a new thread would only meet again, in one sentence; null where it might not. */
    private static @Nullable String hopeless(Throwable error) {
        String newer = NewerFormatException.among(error);
        if (newer != null) {
            return newer;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
                return "Kafka refuses this user: " + cause.getMessage()
                        + "; 'miasma config --acls' prints the rights it needs";
            }
        }
        return null;
    }
}
