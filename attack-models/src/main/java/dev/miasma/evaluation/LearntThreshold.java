// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

/**
 * A threshold with its origin: a record is called a member when its score is at or above it. Only
 * {@link ReferenceScores} make one of data, so that none can come from the records under evaluation.
 */
public final class LearntThreshold {

    private final double value;
    private final String origin;

    LearntThreshold(double value, String origin) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("threshold is " + value + "; a finite number needed");
        }
        this.value = value;
        this.origin = origin;
    }

    /**
     * A threshold that follows from what the attack is and needs no data: right or wrong, as the gap attack's, or 0 where
     * learnt thresholds, one a class say, have been subtracted from the scores already. In IEEE arithmetic s - t >= 0
     * exactly when s >= t.
     *
     * @param reason why it is known beforehand
     */
    public static LearntThreshold byDefinition(double value, String reason) {
        return new LearntThreshold(value, reason);
    }

    /** The threshold in units of the score. */
    public double value() {
        return value;
    }

    /** Where it was learnt and how. */
    public String origin() {
        return origin;
    }

    /** Whether a record of this score is called a member. */
    public boolean calls(double score) {
        return score >= value;
    }

    @Override
    public String toString() {
        return value + " (" + origin + ")";
    }
}
