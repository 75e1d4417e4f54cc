// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.HttpSettings;
import dev.miasma.serve.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Health from the state of Kafka Streams. Live: not stopped or broken, and what waits is being processed, unless state
 * is still being restored, which takes its time and would only begin again after a restart. Ready: processing, or in a
 * rebalance that has not lasted long.
 */
final class StreamsHealth implements KafkaStreams.StateListener {
    private final HttpSettings settings;
    private final InstantSource clock;
    private final Supplier<Health> progress;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile KafkaStreams.State state = KafkaStreams.State.CREATED;
    private volatile long sinceMillis;

    StreamsHealth(HttpSettings settings, InstantSource clock, Supplier<Health> progress) {
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
        sinceMillis = clock.millis();
    }

    @Override
    public void onChange(KafkaStreams.State newState, KafkaStreams.State oldState) {
        state = newState;
        sinceMillis = clock.millis();
        if (newState == KafkaStreams.State.RUNNING) {
            running.countDown();
        }
        if (newState.hasCompletedShutdown()) {
            running.countDown();
            stopped.countDown();
        }
    }

    Health live() {
        return switch (state) {
            case PENDING_ERROR, ERROR, NOT_RUNNING -> Health.bad("stream is " + state);
            case RUNNING -> runningForLong() ? progress.get() : Health.good("stream is RUNNING");
            default -> Health.good("stream is " + state);
        };
    }

    /** Before that, what waited during the restore is still no sign of a thread that hangs. */
    private boolean runningForLong() {
        return clock.millis() - sinceMillis > settings.stall().toMillis();
    }

    Health ready() {
        return switch (state) {
            case RUNNING -> Health.good("stream is RUNNING");
            case REBALANCING ->
                clock.millis() - sinceMillis <= settings.rebalanceGrace().toMillis()
                        ? Health.good("stream is REBALANCING")
                        : Health.bad("stream is REBALANCING for longer than " + settings.rebalanceGrace());
            default -> Health.bad("stream is " + state);
        };
    }

    /**
     * Waits until the stream has run once. True as well if it is in a rebalance again by then, as after a second thread
     * has joined the first; false if it has ended or not begun in that time.
     */
    boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && state.isRunningOrRebalancing();
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }
}
