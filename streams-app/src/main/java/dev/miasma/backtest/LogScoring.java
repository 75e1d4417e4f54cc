// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.Batch;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.decode.Rejection;
import dev.miasma.measure.Measures;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.ScoredQuery;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decodes and scores lines on several threads and gives the scored queries in the order of the lines. The caller's thread
 * reads and detects meanwhile.
 */
final class LogScoring implements AutoCloseable {
    private static final int LINES = 512;

    private final ExecutorService threads;
    private final BlockingQueue<Stages> stages = new LinkedBlockingQueue<>();
    private final int most;
    private final long nowMillis;
    private final Measures measures;
    private final Consumer<ScoredQuery> then;
    private final Deque<Future<List<ScoredQuery>>> waiting = new ArrayDeque<>();
    private List<Line> lines = new ArrayList<>(LINES);

    /** A line and where it stands. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    private record Line(byte[] event, String position) {}

    /** Decoder and scorer keep buffers, so each thread works with its own. */
    private record Stages(EventDecoder decoder, QueryScorer scorer) {}

    /**
     * @param scorers makes a scorer for a thread
     * @param clock to tell how far an event is ahead; gives the time of events that have none
     * @param then takes the scored queries in order, on the caller's thread
     */
    LogScoring(
            InputSettings input,
            IdentitySettings identity,
            Supplier<QueryScorer> scorers,
            Measures measures,
            InstantSource clock,
            Consumer<ScoredQuery> then) {
        int processors = Runtime.getRuntime().availableProcessors();
        this.measures = measures;
        this.then = then;
        nowMillis = clock.millis();
        most = 3 * processors;
        threads = Executors.newFixedThreadPool(
                processors,
                Thread.ofPlatform().daemon().name("miasma-score-", 0).factory());
        for (int i = 0; i < processors; i++) {
            stages.add(new Stages(new EventDecoder(input, identity, clock), scorers.get()));
        }
    }

    /** Takes one line. */
    void add(byte[] event, String position) {
        lines.add(new Line(event, position));
        if (lines.size() == LINES) {
            submit();
            while (waiting.size() > most) {
                take();
            }
        }
    }

    /** Waits for all lines taken. */
    void finish() {
        submit();
        while (!waiting.isEmpty()) {
            take();
        }
    }

    private void submit() {
        List<Line> some = lines;
        waiting.add(threads.submit(() -> score(some)));
        lines = new ArrayList<>(LINES);
    }

    private void take() {
        try {
            waiting.remove().get().forEach(then);
        } catch (ExecutionException e) {
            throw new IllegalStateException("scoring failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<ScoredQuery> score(List<Line> some) throws InterruptedException {
        Stages own = stages.take();
        List<ScoredQuery> scored = new ArrayList<>(some.size());
        for (Line line : some) {
            Decoded decoded = own.decoder().decode(line.event(), new Arrival(line.position(), nowMillis, null, null));
            if (decoded instanceof Batch batch) {
                for (int i = 0; i < batch.size(); i++) {
                    score(batch.row(i), own.scorer(), scored);
                }
            } else {
                score(decoded, own.scorer(), scored);
            }
        }
        stages.add(own);
        return scored;
    }

    private void score(Decoded decoded, QueryScorer scorer, List<ScoredQuery> scored) {
        measures.received();
        switch (decoded) {
            case Prediction prediction -> {
                ScoredQuery query = scorer.score(prediction);
                if (query != null) {
                    scored.add(query);
                }
            }
            case Rejection rejection -> measures.rejected(rejection.reason().code());
            default -> throw new IllegalStateException("a row is a prediction or a rejection");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
