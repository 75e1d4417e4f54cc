// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.Calibration;
import dev.miasma.posterior.PosteriorFeature;
import java.time.LocalDate;
import java.util.List;

/**
 * How an attack is trained and calibrated.
 *
 * @param seed of every random choice
 * @param date the day, for the provenance
 * @param features what the attack reads
 * @param ridge L2 penalty a record: ridge x n / 2 |w|^2 on the summed loss over standardised features, at least 0
 * @param delta chance that a calibration bound fails, in (0, 1)
 */
public record TrainingOptions(long seed, LocalDate date, List<PosteriorFeature> features, double ridge, double delta) {

    /** What ML-Leaks adversary 1 reads: the three highest probabilities, descending. */
    public static final List<PosteriorFeature> TOP_3 =
            List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2, PosteriorFeature.TOP_3);

    /** Features on log scales, where a posterior near a corner still has something to say. */
    public static final List<PosteriorFeature> RICH = List.of(
            PosteriorFeature.LOG_TOP_1,
            PosteriorFeature.LOG_TOP_2,
            PosteriorFeature.LOG_TOP_3,
            PosteriorFeature.LOGIT_MARGIN,
            PosteriorFeature.LOG_ENTROPY,
            PosteriorFeature.LOG_MODIFIED_ENTROPY);

    /**
     * What carries over from data set to data set: how sure an answer is. Fits of more features, all of them collinear,
     * carry over no better, and may take the surest answers for the least member-like.
     */
    public static final List<PosteriorFeature> UNIVERSAL = List.of(PosteriorFeature.LOGIT_MARGIN);

    /** The features of {@link #RICH} are nearly collinear: without a little ridge the fit doesn't carry over. */
    public static final double RIDGE = 0.002;

    public TrainingOptions {
        features = List.copyOf(features);
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ridge is " + ridge + "; a finite number of at least 0 needed");
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + "; between 0 and 1 needed");
        }
    }

    /** The defaults: {@link #RICH} features, {@link #RIDGE}, {@link Calibration#DELTA}. */
    public static TrainingOptions of(long seed, LocalDate date) {
        return new TrainingOptions(seed, date, RICH, RIDGE, Calibration.DELTA);
    }

    /** For the universal model: {@link #UNIVERSAL} features. */
    public static TrainingOptions universal(long seed, LocalDate date) {
        return of(seed, date).withFeatures(UNIVERSAL);
    }

    /** The same with other features. */
    public TrainingOptions withFeatures(List<PosteriorFeature> others) {
        return new TrainingOptions(seed, date, others, ridge, delta);
    }

    /** The same with another ridge. */
    public TrainingOptions withRidge(double other) {
        return new TrainingOptions(seed, date, features, other, delta);
    }
}
