// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

/**
 * How soon a transaction may end that somebody waits for, mostly for an alert in it. The first one need not wait; in a storm
 * of them each lasts a while, because every client that asked in it is written when it ends. All tasks of a stream thread share their
 * transactions, so the time is kept by thread. What is about a query of long ago, from a backlog, waits up to a tenth of
 * that time longer, and in the end for the commit interval: it is late anyway, and the backlog is done with sooner.
 * Thread-safe.
 */
public final class CommitPace {
    /** To wait for no more than the commit interval comes to. */
    static final long NEVER = -1;

    private static final int PART_OF_AGE = 10;

    private final long leastMillis;
    private final long intervalMillis;
    private final ThreadLocal<Long> lastMillis = new ThreadLocal<>();

    /**
     * @param leastMillis least time between two transactions that end before their time
     * @param intervalMillis time after which they end anyway
     */
    public CommitPace(long leastMillis, long intervalMillis) {
        this.leastMillis = leastMillis;
        this.intervalMillis = intervalMillis;
    }

    /**
     * Time until a transaction of the calling thread may end before its time.
     *
     * @param nowMillis wall-clock time
     * @param queryMillis time of the query that is waited for
     * @return 0 for at once, {@link #NEVER} where it ends soon enough anyway
     */
    long waitMillis(long nowMillis, long queryMillis) {
        long least = Math.max(leastMillis, (nowMillis - queryMillis) / PART_OF_AGE);
        if (least > leastMillis && least >= intervalMillis) {
            return NEVER;
        }
        Long last = lastMillis.get();
        // A clock that was set back must not hold anybody up.
        return last == null || nowMillis < last ? 0 : Math.max(0, last + least - nowMillis);
    }

    /**
     * Whether a transaction of the calling thread was ended before its time after that, with all that was sent until then.
     *
     * @param millis wall-clock time
     */
    boolean hasEndedSince(long millis) {
        Long last = lastMillis.get();
        return last != null && last > millis;
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
