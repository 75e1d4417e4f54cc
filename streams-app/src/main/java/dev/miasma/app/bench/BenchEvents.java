// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.Outcome;
import dev.miasma.simulate.SimulatedQuery;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Made-up prediction events as a production topic has them: clients of Zipf-distributed activity, one in twenty of whom
 * probes, each query with its features and the posterior of an overfitted model. A seed gives the same events again.
 * Not thread-safe.
 */
final class BenchEvents {
    static final String ENDPOINT = "bench";
    private static final int PROBER_EVERY = 20;

    private static final double MEMBER_SHARE = 0.7;

    /** Logit margins of an overfitted model: median of its members, of others, and the spread of both. */
    private static final double MEMBER_MARGIN = 12;

    private static final double OTHER_MARGIN = 8;
    private static final double SPREAD = 1.8;
    private static final int FEATURE_VALUES = 100;

    /** Event time goes on at this rate, however fast the events are read. */
    private static final int PER_SECOND = 20_000;

    private static final long START_MILLIS = LocalDate.of(2026, 1, 1).toEpochDay() * TimeUnit.DAYS.toMillis(1);

    private final SplittableRandom random;
    private final int rows;
    private final int classes;
    private final double[] activity;
    private final EventWriter writer;
    private final double[] features;
    private final double[] posterior;
    private long made;
    private int client;

    /**
     * @param classes of the posteriors
     * @param clients that ask, the n-th as often as 1 / n
     * @param featureCount numbers of a query; 0 for events without them
     * @param seed of everything
     */
    BenchEvents(int classes, int clients, int featureCount, long seed) {
        this(classes, clients, featureCount, 1, seed);
    }

    /** The same with so many rows in each event, which is a batch event from 2 on. */
    BenchEvents(int classes, int clients, int featureCount, int rows, long seed) {
        this.rows = rows;
        features = new double[featureCount];
        writer = new EventWriter(ENDPOINT, "1", featureCount > 0);
        this.classes = classes;
        random = new SplittableRandom(seed);
        posterior = new double[classes];
        activity = new double[clients];
        double sum = 0;
        for (int rank = 0; rank < clients; rank++) {
            sum += 1.0 / (rank + 1);
            activity[rank] = sum;
        }
    }

    /** Queries of an event. */
    int rows() {
        return rows;
    }

    /** The next event's bytes. */
    byte[] next() {
        client = draw();
        if (rows == 1) {
            return query();
        }
        List<byte[]> queries = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            queries.add(query());
        }
        return BatchJson.of(queries);
    }

    private byte[] query() {
        boolean probes = asksAsProber();
        boolean member = probes && random.nextDouble() < MEMBER_SHARE;
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextInt(FEATURE_VALUES);
        }
        answer(member ? MEMBER_MARGIN : OTHER_MARGIN);
        made++;
        return writer.write(new SimulatedQuery(
                "q-" + made,
                name(),
                null,
                probes ? "score" : "steady",
                probes,
                features,
                posterior,
                false,
                START_MILLIS + made * 1000 / PER_SECOND,
                member,
                0,
                Outcome.GOES_ON));
    }

    /** The record key of the event that {@link #next} gave last: its client. */
    byte[] key() {
        return name().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the client of the event that {@link #next} gave last is a prober. */
    boolean asksAsProber() {
        return client % PROBER_EVERY == PROBER_EVERY / 2;
    }

    private String name() {
        return "client-" + client;
    }

    private int draw() {
        int at = Arrays.binarySearch(activity, random.nextDouble() * activity[activity.length - 1]);
        return at < 0 ? -at - 1 : at;
    }

    /** One class ahead of all others by a logit margin, the rest spread at random over the others. */
    private void answer(double margin) {
        double top = 1 / (1 + Math.exp(-margin - SPREAD * random.nextGaussian()));
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            posterior[i] = random.nextDouble();
            sum += posterior[i];
        }
        int predicted = random.nextInt(classes);
        sum -= posterior[predicted];
        for (int i = 0; i < classes; i++) {
            posterior[i] *= (1 - top) / sum;
        }
        posterior[predicted] = top;
    }
}
