// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.EvidenceColumn;
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

/** One update of a sensor's evidence. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvidenceBenchmark {
    @Param({"1", "5", "15"})
    public int rows;

    private float[] evidence = {};
    private EvidenceColumn column = EvidenceColumn.of();

    @Setup
    public void makeRows() {
        evidence = new float[rows];
        float[] logs = new float[rows];
        for (int row = 0; row < rows; row++) {
            logs[row] = -0.1f * (row + 1);
        }
        column = EvidenceColumn.of(logs);
    }

    @Benchmark
    public double update() {
        EDetector.update(evidence, column);
        return EDetector.evidence(evidence);
    }
}
