// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

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

/** A client's state to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClientStateSerdeBenchmark {
    private static final int LOCALITY_WORDS = 4;

    @Param({"1", "32", "128"})
    public int queries;

    @Param({"false", "true"})
    public boolean ring;

    private ClientState state = ClientState.firstSeen(0);
    private byte[] bytes = {};

    @Setup
    public void makeState() {
        SplittableRandom random = new SplittableRandom(1);
        state = ClientState.firstSeen(0);
        for (int query = 0; query < queries; query++) {
            state.memory.add(random.nextLong());
            if (ring) {
                state.ring.add(random.longs(LOCALITY_WORDS).toArray(), random.nextFloat());
            }
        }
        bytes = ClientStateSerde.write(state);
    }

    @Benchmark
    public byte[] write() {
        return ClientStateSerde.write(state);
    }

    @Benchmark
    public Object read() {
        return ClientStateSerde.read(bytes);
    }
}
