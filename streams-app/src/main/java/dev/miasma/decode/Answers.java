// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.InputSettings;
import java.math.BigDecimal;
import java.math.MathContext;

/** Brings the three ways to give an answer to one: a valid posterior in the fields' buffer. */
final class Answers {
    private Answers() {}

    /** Checks a posterior: not empty, each p finite and at least 0, sum within the tolerance of 1. */
    static void requirePosterior(EventFields fields, double sumTolerance) {
        double sum = sumOf(fields, "posterior");
        if (Math.abs(sum - 1) > sumTolerance) {
            throw sumOff("posterior", sum, "must be within " + sumTolerance + " of 1");
        }
    }

    /** Replaces logits by their softmax. */
    static void softmax(EventFields fields) {
        requireNotEmpty(fields, "logits");
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < fields.count; i++) {
            if (!Double.isFinite(fields.numbers[i])) {
                throw notFinite("logits", i, fields.numbers[i]);
            }
            max = Math.max(max, fields.numbers[i]);
        }
        double sum = 0;
        for (int i = 0; i < fields.count; i++) {
            fields.numbers[i] = Math.exp(fields.numbers[i] - max);
            sum += fields.numbers[i];
        }
        for (int i = 0; i < fields.count; i++) {
            fields.numbers[i] /= sum;
        }
    }

    /**
     * Fills up the top k with the classes that were left out. Of these only two things are known, the sum of their
     * probabilities and that none exceeds the smallest one listed, so the rest is spread over as few equal classes as
     * that allows.
     */
    static void completeTopK(EventFields fields, InputSettings settings) {
        double sum = sumOf(fields, "topk");
        double rest = 1 - sum;
        if (rest < -settings.sumTolerance()) {
            throw sumOff("topk", sum, "must not exceed 1 by more than " + settings.sumTolerance());
        }
        if (rest <= settings.sumTolerance()) {
            return;
        }
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < fields.count; i++) {
            smallest = Math.min(smallest, fields.numbers[i]);
        }
        double needed = Math.ceil(rest / smallest);
        if (fields.count + needed > settings.maxClasses()) {
            throw sumOff("topk", sum, "leaves more than " + settings.maxClasses() + " classes unlisted");
        }
        for (int i = 0; i < (int) needed; i++) {
            fields.add(rest / needed);
        }
    }

    private static double sumOf(EventFields fields, String name) {
        requireNotEmpty(fields, name);
        double sum = 0;
        for (int i = 0; i < fields.count; i++) {
            double p = fields.numbers[i];
            if (!Double.isFinite(p)) {
                throw notFinite(name, i, p);
            }
            if (p < 0) {
                throw new RejectedEventException(
                        RejectReason.NEGATIVE_POSTERIOR, name + "[" + i + "] is negative: must be at least 0");
            }
            sum += p;
        }
        return sum;
    }

    private static void requireNotEmpty(EventFields fields, String name) {
        if (fields.count == 0) {
            throw new RejectedEventException(RejectReason.EMPTY_POSTERIOR, name + " is empty");
        }
    }

    private static RejectedEventException notFinite(String name, int place, double value) {
        return new RejectedEventException(
                RejectReason.NOT_FINITE_POSTERIOR, name + "[" + place + "] is " + value + ": must be finite");
    }

    private static RejectedEventException sumOff(String name, double sum, String bound) {
        // Rounded, since the sum of a short answer is the answer, and dead letters hold nothing of it.
        String about = Double.isFinite(sum)
                ? "about " + new BigDecimal(sum, new MathContext(3)).stripTrailingZeros()
                : Double.toString(sum);
        return new RejectedEventException(RejectReason.SUM_OFF, name + " has a sum of " + about + ": " + bound);
    }
}
