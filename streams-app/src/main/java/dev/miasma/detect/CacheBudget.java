// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Heap for cached states, in equal shares for the stores that use it, one of each task. A store counts from its first
 * state on, so that standby copies and idle tasks take nothing. Thread-safe.
 */
public final class CacheBudget {
    private final long bytes;
    private final AtomicInteger users = new AtomicInteger();

    /**
     * @param bytes heap for all stores together; 0: nothing is cached, every change is written at once
     * @throws IllegalArgumentException if it is negative
     */
    public CacheBudget(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cache of " + bytes + " bytes: must be at least 0");
        }
        this.bytes = bytes;
    }

    /** Bytes that each of the stores may use now. */
    long share() {
        return bytes / Math.max(1, users.get());
    }

    void join() {
        users.incrementAndGet();
    }

    void leave() {
        users.decrementAndGet();
    }
}
