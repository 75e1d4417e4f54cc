// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one event as they stand in its JSON, or those of one row of a batch event, which has only some; one
 * object, filled again for each.
 */
final class EventFields {
    /** What the answer was given as. */
    enum Answer {
        NONE(null),
        POSTERIOR("posterior"),
        LOGITS("logits"),
        TOP_K("topk");

        private final @Nullable String field;

        Answer(@Nullable String field) {
            this.field = field;
        }
    }

    @Nullable
    String id;

    @Nullable
    String endpoint;

    @Nullable
    String version;

    @Nullable
    String client;

    @Nullable
    String cohort;

    long timeMillis;
    boolean hasTime;

    /** The label, as a class index or a name, whichever the event has. */
    int labelIndex;

    @Nullable
    String labelName;

    boolean hasLabel;

    Answer answer = Answer.NONE;

    /** Posterior, logits or the probabilities of the top k; grows as needed. */
    double[] numbers = new double[128];

    int count;

    /** The labels of the top k, in the order of their probabilities in {@link #numbers}. */
    final List<String> topLabels = new ArrayList<>();

    boolean hasFingerprint;
    long fingerprint;
    boolean hasRecordHash;
    long recordHash;

    /** The client's own locality fingerprint. */
    long @Nullable [] locality;

    int represents;

    boolean hasRows;

    void clear() {
        id = null;
        endpoint = null;
        version = null;
        client = null;
        cohort = null;
        hasTime = false;
        labelIndex = -1;
        labelName = null;
        hasLabel = false;
        answer = Answer.NONE;
        count = 0;
        topLabels.clear();
        hasFingerprint = false;
        fingerprint = 0;
        hasRecordHash = false;
        recordHash = 0;
        locality = null;
        represents = 1;
        hasRows = false;
    }

    /** Name of a field that is given and says something of one query; null where there is none. */
    @Nullable
    String ofOneQuery() {
        if (answer.field != null) {
            return answer.field;
        }
        if (hasLabel) {
            return "label";
        }
        if (hasFingerprint) {
            return "fingerprint";
        }
        if (hasRecordHash) {
            return "features";
        }
        return locality == null ? null : "locality";
    }

    void add(double number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = number;
    }

    /** Adds those of {@code from} to before {@code to}. */
    void addAll(double[] some, int from, int to) {
        int sum = count + to - from;
        if (sum > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(sum, 2 * numbers.length));
        }
        System.arraycopy(some, from, numbers, count, to - from);
        count = sum;
    }
}
