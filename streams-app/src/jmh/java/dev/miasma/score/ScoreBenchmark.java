// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One score of one kind of attack model, which is the only kind its JVM knows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScoreBenchmark {
    @Param({"10", "30", "100"})
    public int classes;

    @Param({"thresholdTop1", "thresholdEntropy", "logisticMargin", "logisticTop3", "network", "perClassNetwork"})
    public String kind = "";

    private ScoreKernel kernel;

    @Setup
    public void makeModel() {
        kernel = Objects.requireNonNull(ScoreKernel.all(classes, 1).get(kind));
    }

    @Benchmark
    @OperationsPerInvocation(ScoreKernel.SCORES)
    public double score() {
        return kernel.run();
    }

    @Benchmark
    @OperationsPerInvocation(ScoreKernel.SCORES)
    public double pass() {
        return kernel.pass();
    }
}
