// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: a snapshot about once a second, made once for all streams, and every new alert. What a reader does
 * not take in waits in a short queue, and when that is full its stream ends.
 */
final class LiveStreams implements AutoCloseable {
    /** Most streams at a time. */
    static final int MOST_STREAMS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final String CONTENT_TYPE = "text/event-stream";
    private static final int QUEUE = 256;

    private final Supplier<LiveCounts> counts;
    private final AlertLog alerts;
    private final InstantSource clock;
    private final Duration keepAlive;
    private final Semaphore places = new Semaphore(MOST_STREAMS);
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("miasma-live").factory());
    private @Nullable LiveCounts before;
    private long beforeNanos;
    private volatile String newest = "";
    private volatile boolean closed;

    LiveStreams(
            Supplier<LiveCounts> counts, AlertLog alerts, InstantSource clock, Duration interval, Duration keepAlive) {
        this.counts = counts;
        this.alerts = alerts;
        this.clock = clock;
        this.keepAlive = keepAlive;
        alerts.listen(alert -> tell(event("alert", alert)));
        var _ = ticker.scheduleAtFixedRate(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * A new stream.
     *
     * @throws ProblemException if there are too many
     */
    Reply open() {
        if (closed) {
            throw ProblemException.unavailable("the monitor is stopping");
        }
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable(MOST_STREAMS + " streams are open; there can be no more at a time");
        }
        Subscriber subscriber = new Subscriber();
        subscribers.add(subscriber);
        return Reply.stream(CONTENT_TYPE, subscriber);
    }

    private void tick() {
        try {
            LiveCounts now = counts.get();
            long nanos = System.nanoTime();
            LiveCounts earlier = before == null ? now : before;
            Snapshot snapshot = Snapshot.of(
                    clock.instant().toString(), now, earlier, (nanos - beforeNanos) / 1e9, alerts.bySeverity());
            before = now;
            beforeNanos = nanos;
            newest = event("snapshot", snapshot);
            tell(newest);
        } catch (RuntimeException e) {
            LOG.warn("no snapshot could be made", e);
        }
    }

    private static String event(String name, Object data) {
        return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
    }

    private void tell(String event) {
        subscribers.forEach(subscriber -> subscriber.offer(event));
    }

    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
        subscribers.forEach(Subscriber::end);
    }

    /** One stream. */
    private final class Subscriber implements Reply.Stream {
        private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(QUEUE);
        private volatile boolean over;

        void offer(String event) {
            if (!waiting.offer(event)) {
                end();
            }
        }

        /** What waits is of no use any more; the empty event wakes the writer. */
        void end() {
            over = true;
            waiting.clear();
            waiting.offer("");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            write(out, newest);
            try {
                while (!over) {
                    String event = waiting.poll(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
                    write(out, event == null ? ": still here\n\n" : event);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void write(OutputStream out, String event) throws IOException {
            out.write(event.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() {
            if (subscribers.remove(this)) {
                places.release();
            }
        }
    }
}
