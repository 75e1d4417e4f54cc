// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the processor time of operations in this thread, in turn, round by round, and the bytes they allocate. JMH, which
 * 'src/jmh' uses, is the finer instrument; what this adds is baselines in the same run.
 */
final class OpTimer {
    private static final int WARM_UPS = 4;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int rounds;
    private final long nanosPerRound;
    private final Map<String, Op> ops = new LinkedHashMap<>();
    private double sink;

    /** Something to be timed. */
    interface Op {
        /** Makes ready for a run; not timed. */
        default void prepare() {}

        /** Runs between two looks at the clock, where no making ready is needed between them. */
        default int runs() {
            return 1;
        }

        /** Operations of one run. */
        int size();

        /** Runs; gives something that depends on all of it. */
        double run();
    }

    /**
     * What an operation costs.
     *
     * @param nanos of processor time of one operation, which others on this machine do not change much
     * @param bytes that it allocates
     */
    record Cost(Samples nanos, Samples bytes) {}

    /** Costs by name. */
    record Costs(Map<String, Cost> all) {
        Cost of(String name) {
            Cost cost = all.get(name);
            if (cost == null) {
                throw new IllegalStateException("no cost of " + name);
            }
            return cost;
        }
    }

    private record Round(double nanos, double bytes) {}

    OpTimer(int rounds, long nanosPerRound) {
        this.rounds = rounds;
        this.nanosPerRound = nanosPerRound;
    }

    void add(String name, Op op) {
        ops.put(name, op);
    }

    /** Runs everything; the costs by name. */
    Costs run(Consumer<String> progress) {
        Map<String, double[]> nanos = new HashMap<>();
        Map<String, double[]> bytes = new HashMap<>();
        for (int round = -WARM_UPS; round < rounds; round++) {
            progress.accept(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + rounds);
            for (Map.Entry<String, Op> op : ops.entrySet()) {
                Round cost = round(op.getValue());
                if (round >= 0) {
                    nanos.computeIfAbsent(op.getKey(), key -> new double[rounds])[round] = cost.nanos();
                    bytes.computeIfAbsent(op.getKey(), key -> new double[rounds])[round] = cost.bytes();
                }
            }
        }
        if (Double.isNaN(sink)) {
            throw new BenchException("an operation gave no number");
        }
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (String name : ops.keySet()) {
            costs.put(
                    name,
                    new Cost(
                            new Samples(nanos.getOrDefault(name, new double[0])),
                            new Samples(bytes.getOrDefault(name, new double[0]))));
        }
        return new Costs(costs);
    }

    private Round round(Op op) {
        long nanos = 0;
        long bytes = 0;
        long done = 0;
        while (nanos < nanosPerRound) {
            op.prepare();
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long start = thread.getCurrentThreadCpuTime();
            for (int run = 0; run < op.runs(); run++) {
                sink += op.run();
            }
            nanos += thread.getCurrentThreadCpuTime() - start;
            bytes += thread.getCurrentThreadAllocatedBytes() - allocated;
            done += (long) op.runs() * op.size();
        }
        return new Round((double) nanos / done, (double) bytes / done);
    }
}
