// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

import dev.miasma.posterior.InvalidPosteriorException.Reason;

/** Checks and transforms of posterior vectors: arrays of class probabilities, the first {@code classes} entries used. */
public final class Posteriors {

    private Posteriors() {}

    /**
     * Refuses an array that is no posterior.
     *
     * @param p probabilities; entries from {@code classes} on are ignored
     * @param classes number of classes, at most {@code p.length}
     * @param sumTolerance how far the sum may be from 1
     * @param maxClasses the most classes the caller can handle
     * @throws InvalidPosteriorException naming the first thing that is wrong
     * @throws IllegalArgumentException if the array is shorter than {@code classes}
     */
    public static void requireValid(double[] p, int classes, double sumTolerance, int maxClasses) {
        if (classes <= 0) {
            throw new InvalidPosteriorException(
                    Reason.EMPTY, "posterior has " + classes + " classes; at least 1 needed");
        }
        if (classes > maxClasses) {
            throw new InvalidPosteriorException(
                    Reason.TOO_MANY_CLASSES,
                    "posterior has " + classes + " classes; at most " + maxClasses + " allowed");
        }
        if (classes > p.length) {
            throw new IllegalArgumentException("posterior holds " + p.length + " values; classes is " + classes);
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            double value = p[i];
            // One comparison on the hot path: it fails for a negative number, a NaN and an infinity alike.
            if (!(value >= 0 && value <= Double.MAX_VALUE)) {
                throw unusable(i, value);
            }
            sum += value;
        }
        if (!(Math.abs(sum - 1) <= sumTolerance)) {
            throw new InvalidPosteriorException(
                    Reason.SUM_OFF, "posterior sums to " + sum + "; 1 within " + sumTolerance + " needed");
        }
    }

    private static InvalidPosteriorException unusable(int index, double value) {
        return Double.isFinite(value)
                ? new InvalidPosteriorException(
                        Reason.NEGATIVE, "posterior[" + index + "] is " + value + "; at least 0 needed")
                : new InvalidPosteriorException(
                        Reason.NOT_FINITE, "posterior[" + index + "] is " + value + "; a finite number needed");
    }

    /**
     * Turns logits into a posterior, in place: exp(z_i - max z) over the sum of the same.
     *
     * <p>Subtracting the maximum keeps any finite logits from overflowing.
     *
     * @param logits natural-log odds up to a shared constant; entries from {@code classes} on are left alone
     * @param classes number of classes, at least 1
     * @throws InvalidPosteriorException if there is no class, or a logit is NaN or infinite
     */
    public static void softmax(double[] logits, int classes) {
        if (classes <= 0) {
            throw new InvalidPosteriorException(Reason.EMPTY, "logits have " + classes + " classes; at least 1 needed");
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            if (!Double.isFinite(logits[i])) {
                throw new InvalidPosteriorException(
                        Reason.NOT_FINITE, "logits[" + i + "] is " + logits[i] + "; a finite number needed");
            }
            max = Math.max(max, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            double e = Math.exp(logits[i] - max);
            logits[i] = e;
            sum += e;
        }
        for (int i = 0; i < classes; i++) {
            logits[i] /= sum;
        }
    }
}
