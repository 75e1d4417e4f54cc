// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One feature of a posterior. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FeatureBenchmark {
    private static final int POSTERIORS = 256;

    @Param({"10", "30", "100"})
    public int classes;

    @Param({"TOP_3", "LOGIT_MARGIN", "NEGATIVE_ENTROPY", "NEGATIVE_MODIFIED_ENTROPY", "STANDARD_DEVIATION"})
    public PosteriorFeature feature = PosteriorFeature.TOP_3;

    private final PosteriorView view = new PosteriorView();
    private double[][] posteriors = {};
    private int next;

    @Setup
    public void makePosteriors() {
        SplittableRandom random = new SplittableRandom(1);
        posteriors = new double[POSTERIORS][classes];
        for (double[] posterior : posteriors) {
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                posterior[i] = Math.exp(2 * random.nextGaussian());
                sum += posterior[i];
            }
            for (int i = 0; i < classes; i++) {
                posterior[i] /= sum;
            }
        }
    }

    @Benchmark
    public double feature() {
        return feature.of(view.set(posteriors[next++ % POSTERIORS]));
    }
}
