// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Decoding the same queries as events of one and as the rows of one event; times are of a query. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DecodeOps.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchBenchmark {
    @Param({"10", "100"})
    public int classes;

    @Param({"0", "20"})
    public int features;

    private OpTimer.@Nullable Op singles;
    private OpTimer.@Nullable Op rows;

    @Setup
    public void makeEvents() {
        DecodeOps ops = new DecodeOps(new BenchEvents(classes, 1, features, 1));
        singles = ops.singles();
        rows = ops.rows();
    }

    @Benchmark
    public double decodeEvents() {
        return Objects.requireNonNull(singles).run();
    }

    @Benchmark
    public double decodeRows() {
        return Objects.requireNonNull(rows).run();
    }
}
