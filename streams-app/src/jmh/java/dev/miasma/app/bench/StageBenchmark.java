// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.decode.Arrival;
import dev.miasma.decode.EventDecoder;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.ScoredQuerySerde;
import java.util.List;
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

/** What happens to one query but for scores and evidence: decoding, and the bytes of the hop by client. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StageBenchmark {
    private static final int EVENTS = 1024;
    private static final Arrival ARRIVAL = new Arrival("", 0, null, null);

    @Param({"10", "30", "100"})
    public int classes;

    @Param({"0", "20"})
    public int features;

    private final EventDecoder decoder = DecodeWork.decoder();
    private final ScoredQuerySerde serde = new ScoredQuerySerde();
    private final byte[][] events = new byte[EVENTS][];
    private List<ScoredQuery> queries = List.of();
    private byte[] query = {};
    private int next;

    @Setup
    public void makeEvents() {
        BenchEvents source = new BenchEvents(classes, 1, features, 1);
        for (int i = 0; i < EVENTS; i++) {
            events[i] = source.next();
        }
        queries = new BenchQueries(new BenchEvents(classes, 1, features, 1)).take(EVENTS);
        query = serde.serializer().serialize("", queries.getFirst());
    }

    @Benchmark
    public Object decode() {
        return decoder.decode(events[next++ % EVENTS], ARRIVAL);
    }

    @Benchmark
    public byte[] writeQuery() {
        return serde.serializer().serialize("", queries.get(next++ % EVENTS));
    }

    @Benchmark
    public Object readQuery() {
        return serde.deserializer().deserialize("", query);
    }
}
