// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a native prediction event to a {@link Prediction}, to a {@link Batch} of them where the event has rows, or to a
 * {@link Rejection} that says what is wrong with it.
 * The client becomes a pseudonym and the features become fingerprints here; nothing behind this class sees either.
 *
 * <p>Not thread-safe. The posterior buffer of a prediction is used again {@value PosteriorBuffers#KEPT} predictions later.
 */
public final class EventDecoder {
    /** Predictions whose posteriors are valid at a time, the newest ones. */
    public static final int VALID_PREDICTIONS = PosteriorBuffers.KEPT;

    private static final String UNVERSIONED = "unversioned";

    private final InputSettings settings;
    private final InstantSource clock;
    private final Secrets secrets;
    private final KeyedHash hash;
    private final Features features;
    private final Locality locality;
    private final EventParser parser;
    private final EventFields fields = new EventFields();
    private final Rows rows = new Rows();
    private final EventFields row = new EventFields();
    private final PosteriorBuffers buffers = new PosteriorBuffers();

    /**
     * @param settings what is accepted
     * @param identity the secret behind pseudonyms and fingerprints
     * @param clock to tell how far an event is ahead
     */
    public EventDecoder(InputSettings settings, IdentitySettings identity, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        secrets = new Secrets(identity);
        hash = secrets.fingerprintHash();
        KeyedHash localityHash = secrets.localityHash();
        features = new Features(settings.features().limit());
        locality = new Locality(localityHash, settings.features());
        QueryReader query = new QueryReader(
                settings.maxClasses(),
                hash,
                new FeatureReader(secrets.fingerprintHash(), localityHash, features),
                new GivenBands(localityHash));
        RowsReader rowsReader = new RowsReader(settings.maxRows(), query, features, locality);
        parser = new EventParser(query, rowsReader, fields, rows);
    }

    /**
     * Decodes one event. Never throws for data. Gives an {@link Answered} or a {@link Rejection}.
     *
     * @param event the record's value
     * @param arrival what the record around it says
     */
    public Decoded decode(byte @Nullable [] event, Arrival arrival) {
        try {
            return decodeOrThrow(event, arrival);
        } catch (RejectedEventException e) {
            return e.rejection();
        } catch (RuntimeException e) {
            return failed("decoding", e);
        }
    }

    private Answered decodeOrThrow(byte @Nullable [] event, Arrival arrival) {
        if (event == null || event.length == 0) {
            throw new RejectedEventException(RejectReason.NO_VALUE, "the record has no value");
        }
        if (event.length > settings.maxBytes()) {
            throw new RejectedEventException(
                    RejectReason.TOO_LARGE,
                    "the event has " + event.length + " bytes: at most " + settings.maxBytes() + " are allowed");
        }
        parser.parse(event);
        required(fields.endpoint, RejectReason.MISSING_ENDPOINT, "endpoint");
        String named = arrival.clientHeader() == null ? fields.client : arrival.clientHeader();
        String client = secrets.nameOf(required(named, RejectReason.MISSING_CLIENT, "client"));
        long time = timeOf(arrival);
        String given = given(fields.id);
        String id = given == null ? arrival.position().get() : given;
        if (fields.hasRows) {
            requireNothingBesideRows();
            return new Batch(rows.count(), place -> row(place, id, client, time, arrival));
        }
        if (fields.locality == null && fields.hasRecordHash) {
            fields.locality = locality.of(features);
        }
        return prediction(fields, id, client, time, arrival);
    }

    private void requireNothingBesideRows() {
        String beside = fields.ofOneQuery();
        if (beside != null) {
            throw new RejectedEventException(
                    RejectReason.INVALID_ROWS,
                    beside + " stands beside rows: what is particular to a query must stand in its row");
        }
    }

    private Decoded row(int place, String event, String client, long time, Arrival arrival) {
        try {
            Rejection rejection = rows.get(place, row);
            if (rejection != null) {
                return rejection;
            }
            String id = given(row.id);
            return prediction(row, id == null ? Batch.name(event, place) : id, client, time, arrival);
        } catch (RejectedEventException e) {
            return e.inRow(place);
        } catch (RuntimeException e) {
            return failed("decoding rows[" + place + "]", e);
        }
    }

    /** What is particular to the query comes from its fields, what all queries of an event share from the event's. */
    private Prediction prediction(EventFields query, String id, String client, long time, Arrival arrival) {
        int classes = answer(query);
        double[] posterior = query.numbers;
        query.numbers = buffers.swap(posterior);
        return new Prediction(
                id,
                Objects.requireNonNull(fields.endpoint),
                Objects.requireNonNullElse(given(fields.version), UNVERSIONED),
                client,
                given(fields.cohort),
                time,
                posterior,
                classes,
                classes == 0 ? -1 : trueClass(query, classes),
                fingerprint(query, posterior, classes),
                query.hasFingerprint || query.hasRecordHash,
                query.hasRecordHash,
                query.recordHash,
                query.locality,
                fields.represents,
                arrival.traceparent());
    }

    private static Rejection failed(String what, RuntimeException e) {
        return new Rejection(
                RejectReason.INTERNAL_ERROR,
                what + " failed with " + e.getClass().getName());
    }

    /** A blank text is none: serving stacks write "" for what they do not know. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String required(@Nullable String value, RejectReason reason, String name) {
        if (value == null || value.isBlank()) {
            throw new RejectedEventException(reason, name + " is missing or empty");
        }
        if (value.length() > EventParser.MAX_TEXT) {
            throw new RejectedEventException(
                    RejectReason.FIELD_TOO_LONG,
                    name + " has " + value.length() + " characters: at most " + EventParser.MAX_TEXT + " are allowed");
        }
        return value;
    }

    /** Turns the answer into a posterior in the query's buffer and gives its number of classes, 0 for a bare label. */
    private int answer(EventFields query) {
        switch (query.answer) {
            case POSTERIOR -> Answers.requirePosterior(query, settings.sumTolerance());
            case LOGITS -> Answers.softmax(query);
            case TOP_K -> Answers.completeTopK(query, settings);
            case NONE -> {
                if (!query.hasLabel) {
                    throw new RejectedEventException(
                            RejectReason.MISSING_ANSWER, "one of posterior, logits, topk and label is needed");
                }
            }
        }
        return query.count;
    }

    private int trueClass(EventFields query, int classes) {
        if (!query.hasLabel) {
            return -1;
        }
        if (query.answer == EventFields.Answer.TOP_K) {
            return query.topLabels.indexOf(query.labelName);
        }
        if (query.labelIndex < 0 || query.labelIndex >= classes) {
            throw new RejectedEventException(
                    RejectReason.INVALID_LABEL,
                    "label must be the index of the true class, 0 to " + (classes - 1) + ", beside a posterior");
        }
        return query.labelIndex;
    }

    /** The record's time is held to the same bounds: one far ahead would make every other client look idle. */
    private long timeOf(Arrival arrival) {
        long time = fields.hasTime ? fields.timeMillis : arrival.timeMillis();
        if (time < 0) {
            throw new RejectedEventException(RejectReason.INVALID_TIME, "time is " + time + ": before 1970");
        }
        long ahead = time - clock.millis();
        if (ahead > settings.maxAheadMillis()) {
            throw new RejectedEventException(
                    RejectReason.TIME_AHEAD,
                    "time is " + ahead + " ms ahead: at most " + settings.maxAheadMillis() + " ms are allowed");
        }
        return time;
    }

    /**
     * The time to stamp with whatever comes of a record. Brokers refuse records from more than an hour ahead unless told
     * otherwise, and a topic of the operator's may have been told: what comes of its records has to be written all the
     * same.
     *
     * @param timestamp of the record
     */
    long stamp(long timestamp) {
        return Math.min(timestamp, clock.millis());
    }

    /** A ready-made fingerprint goes first, then the features, then the answer. */
    private long fingerprint(EventFields query, double[] posterior, int classes) {
        if (query.hasFingerprint) {
            return query.fingerprint;
        }
        return query.hasRecordHash ? query.recordHash : posteriorFingerprint(query, posterior, classes);
    }

    /** Of the top k the labels count as well: two records may have the same rounded probabilities. */
    private long posteriorFingerprint(EventFields query, double[] posterior, int classes) {
        hash.reset();
        for (int i = 0; i < classes; i++) {
            hash.add(posterior[i]);
        }
        query.topLabels.forEach(hash::add);
        return hash.value();
    }
}
