// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

/**
 * How soon a transaction with an alert in it may end. The first alert need not wait; in a storm of them each transaction
 * lasts a while, because every client that asked in it is written when it ends. All tasks of a stream thread share their
 * transactions, so the time is kept by thread. Thread-safe.
 */
public final class CommitPace {
    private final long leastMillis;
    private final ThreadLocal<Long> lastMillis = new ThreadLocal<>();

    /** @param leastMillis least time between two transactions that end for the sake of an alert */
    public CommitPace(long leastMillis) {
        this.leastMillis = leastMillis;
    }

    /**
     * Time until a transaction of the calling thread may end for the sake of an alert; 0 for at once.
     *
     * @param nowMillis wall-clock time
     */
    long waitMillis(long nowMillis) {
        Long last = lastMillis.get();
        // A clock that was set back must not hold an alert up.
        return last == null || nowMillis < last ? 0 : Math.max(0, last + leastMillis - nowMillis);
    }

    /**
     * Takes note that one ends.
     *
     * @param nowMillis wall-clock time
     */
    void ends(long nowMillis) {
        lastMillis.set(nowMillis);
    }
}
