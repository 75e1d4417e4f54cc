// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.detect.DetectKernel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One update of a client's state with all default sensors. The bytes that JMH counts are mostly those of new states. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpdateBenchmark {
    private static final int CLIENTS = 16;
    private static final int CLASSES = 10;

    @Param({"0", "20"})
    public int features;

    private DetectKernel kernel;

    @Setup
    public void makeKernel() {
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, 1, features, 1));
        kernel = new DetectKernel(
                BenchQueries.config().detect(), source.models(), source.take(CLIENTS * 2 * DetectKernel.SEEN));
    }

    /** New states for each pass over the queries that count. */
    @Setup(Level.Invocation)
    public void prepare() {
        kernel.prepare();
    }

    @Benchmark
    @OperationsPerInvocation(CLIENTS * DetectKernel.SEEN)
    public double update() {
        return kernel.run();
    }
}
