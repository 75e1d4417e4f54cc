// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a native prediction event to a {@link Prediction}, or a {@link Rejection} that says what is wrong with it.
 * The client becomes a pseudonym and the features become fingerprints here; nothing behind this class sees either.
 *
 * <p>Not thread-safe. The posterior buffer of a prediction is used again for the next event.
 */
public final class EventDecoder {
    private static final String UNVERSIONED = "unversioned";

    private final InputSettings settings;
    private final InstantSource clock;
    private final Secrets secrets;
    private final KeyedHash hash;
    private final Features features;
    private final Locality locality;
    private final EventParser parser;
    private final EventFields fields = new EventFields();

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
        parser = new EventParser(
                settings,
                hash,
                new FeatureReader(secrets.fingerprintHash(), localityHash, features),
                new GivenBands(localityHash));
    }

    /**
     * Decodes one event. Never throws for data.
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
            return new Rejection(
                    RejectReason.INTERNAL_ERROR,
                    "decoding failed with " + e.getClass().getName());
        }
    }

    private Prediction decodeOrThrow(byte @Nullable [] event, Arrival arrival) {
        if (event == null || event.length == 0) {
            throw new RejectedEventException(RejectReason.NO_VALUE, "the record has no value");
        }
        if (event.length > settings.maxBytes()) {
            throw new RejectedEventException(
                    RejectReason.TOO_LARGE,
                    "the event has " + event.length + " bytes: at most " + settings.maxBytes() + " are allowed");
        }
        parser.parse(event, fields);
        String endpoint = required(fields.endpoint, RejectReason.MISSING_ENDPOINT, "endpoint");
        String named = arrival.clientHeader() == null ? fields.client : arrival.clientHeader();
        String client = required(named, RejectReason.MISSING_CLIENT, "client");
        int classes = answer();
        return new Prediction(
                Objects.requireNonNullElse(given(fields.id), arrival.position()),
                endpoint,
                Objects.requireNonNullElse(given(fields.version), UNVERSIONED),
                secrets.nameOf(client),
                given(fields.cohort),
                timeOf(arrival),
                fields.numbers,
                classes,
                classes == 0 ? -1 : trueClass(classes),
                fingerprint(classes),
                fields.hasFingerprint || fields.hasRecordHash,
                fields.hasRecordHash,
                fields.recordHash,
                locality(),
                fields.represents,
                arrival.traceparent());
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

    /** Turns the answer into a posterior in the fields' buffer and gives its number of classes, 0 for a bare label. */
    private int answer() {
        switch (fields.answer) {
            case POSTERIOR -> Answers.requirePosterior(fields, settings.sumTolerance());
            case LOGITS -> Answers.softmax(fields);
            case TOP_K -> Answers.completeTopK(fields, settings);
            case NONE -> {
                if (!fields.hasLabel) {
                    throw new RejectedEventException(
                            RejectReason.MISSING_ANSWER, "one of posterior, logits, topk and label is needed");
                }
            }
        }
        return fields.count;
    }

    private int trueClass(int classes) {
        if (!fields.hasLabel) {
            return -1;
        }
        if (fields.answer == EventFields.Answer.TOP_K) {
            return fields.topLabels.indexOf(fields.labelName);
        }
        if (fields.labelIndex < 0 || fields.labelIndex >= classes) {
            throw new RejectedEventException(
                    RejectReason.INVALID_LABEL,
                    "label must be the index of the true class, 0 to " + (classes - 1) + ", beside a posterior");
        }
        return fields.labelIndex;
    }

    /** The record's time is held to the same bounds: one far ahead would make every other client look idle. */
    private long timeOf(Arrival arrival) {
        long time = fields.timeMillis == null ? arrival.timeMillis() : fields.timeMillis;
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
    private long fingerprint(int classes) {
        if (fields.hasFingerprint) {
            return fields.fingerprint;
        }
        return fields.hasRecordHash ? fields.recordHash : posteriorFingerprint(classes);
    }

    private long @Nullable [] locality() {
        if (fields.locality != null) {
            return fields.locality;
        }
        return fields.hasRecordHash ? locality.of(features) : null;
    }

    /** Of the top k the labels count as well: two records may have the same rounded probabilities. */
    private long posteriorFingerprint(int classes) {
        hash.reset();
        for (int i = 0; i < classes; i++) {
            hash.add(fields.numbers[i]);
        }
        fields.topLabels.forEach(hash::add);
        return hash.value();
    }
}
