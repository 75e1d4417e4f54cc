// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch event as they stand in its JSON; one object, filled again for each event. All are read before the
 * first is used, since shared fields may follow them, and an event that ends as no JSON is none. What is kept is never
 * more than a few times the event: answers are completed one by one, when they are used.
 */
final class Rows {
    /** A row without its numbers and labels, which lie with those of all others. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Row(
            @Nullable String id,
            EventFields.Answer answer,
            int numbersFrom,
            int numbersTo,
            int labelsFrom,
            int labelsTo,
            boolean hasLabel,
            int labelIndex,
            @Nullable String labelName,
            boolean hasFingerprint,
            long fingerprint,
            boolean hasRecordHash,
            long recordHash,
            long @Nullable [] locality) {}

    /** Of each row itself, or what was wrong with it. */
    private final List<@Nullable Row> rows = new ArrayList<>();

    private final List<@Nullable Rejection> rejections = new ArrayList<>();
    private final List<String> topLabels = new ArrayList<>();
    private double[] numbers = new double[0];
    private int numberCount;

    void clear() {
        rows.clear();
        rejections.clear();
        topLabels.clear();
        numberCount = 0;
    }

    int count() {
        return rows.size();
    }

    /** Adds a row that cannot be used. */
    void add(Rejection rejection) {
        rows.add(null);
        rejections.add(rejection);
    }

    /** Adds a copy of a row. */
    void add(EventFields row) {
        int numbersTo = numberCount + row.count;
        if (numbersTo > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(numbersTo, 2 * numbers.length));
        }
        System.arraycopy(row.numbers, 0, numbers, numberCount, row.count);
        int labelsFrom = topLabels.size();
        topLabels.addAll(row.topLabels);
        rows.add(new Row(
                row.id,
                row.answer,
                numberCount,
                numbersTo,
                labelsFrom,
                topLabels.size(),
                row.hasLabel,
                row.labelIndex,
                row.labelName,
                row.hasFingerprint,
                row.fingerprint,
                row.hasRecordHash,
                row.recordHash,
                row.locality));
        rejections.add(null);
        numberCount = numbersTo;
    }

    /**
     * Gives one row back.
     *
     * @param into takes its fields, and nothing but them
     * @return what is wrong with it; null where it was filled in
     */
    @Nullable
    Rejection get(int place, EventFields into) {
        Row row = rows.get(place);
        if (row == null) {
            return rejections.get(place);
        }
        into.clear();
        into.id = row.id;
        into.answer = row.answer;
        into.addAll(numbers, row.numbersFrom, row.numbersTo);
        into.topLabels.addAll(topLabels.subList(row.labelsFrom, row.labelsTo));
        into.hasLabel = row.hasLabel;
        into.labelIndex = row.labelIndex;
        into.labelName = row.labelName;
        into.hasFingerprint = row.hasFingerprint;
        into.fingerprint = row.fingerprint;
        into.hasRecordHash = row.hasRecordHash;
        into.recordHash = row.recordHash;
        into.locality = row.locality;
        return null;
    }
}
