// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.topology.StreamsSettings;
import java.util.List;
import java.util.Locale;

/** The page about scaling: what was measured, and what that means for far more than was measured. */
final class ScalingPage {
    private static final List<String> FIGURES = List.of(
            ScalingBench.GROWTH,
            ScalingBench.COST,
            ScalingBench.HOP_COST,
            ScalingBench.THROUGHPUT,
            ScalingBench.WRITES);
    private static final int CLIENTS = 100_000_000;
    private static final double PER_SECOND = 1e6;
    private static final double COMMIT_SECONDS = StreamsSettings.COMMIT_INTERVAL_MILLIS / 1e3;

    private ScalingPage() {}

    static String markdown(BenchReport report, BenchRun footprint) {
        BenchRun first = report.runs().getFirst();
        return """
                # Scaling

                Everything here is printed by

                    %s

                which writes this page, on %s.
                Each row differs from the first in one thing. Figures are ratios, to decoding the same records with plain
                consumers or to the first row: the median of the rounds, and the least and the most. Processor time counts
                everything in the process, the broker too, and does not care who else uses the machine; throughput does.

                ![Cost of a record](scaling.svg)

                %s
                The last column says what most of the difference between numbers of clients is: a state that changed is
                written with the commit.

                ## On paper: a million queries a second, 100 million clients

                Nobody ran this. It takes the ratios above, Zipf-distributed clients as in the measurement, and the default
                commit interval of %s ms. In the measurement the monitor is behind, so that alerts wait for it as well;
                where it keeps up they end transactions early, and states are written more often than this.

                | what | how much |
                |---|--:|
                | cores for keyed input, as multiples of the cores that only decode a million a second | %s |
                | the same with the hop by client | %s |
                | the most active client's share of all queries | %s |
                | of the queries between two commits, those that are the first of their client | %s |
                | state in stores and changelog, no features, by 100 million clients of 32 queries | %s GB |
                | the same with the fingerprint ring | %s GB |
                | the same on the heap, if all of it were there, with the ring | %s GB |
                | partitions for `detect.max.subjects` at its default | %s |

                What breaks first, in this order:

                1. **The hottest client.** All queries of a client go through one partition, and so through one thread.
                   More partitions and instances do not help. Where one client has that share of a million a second, a
                   thread has to bear it alone; sample that client's queries and send them with `sampledRate`.
                2. **Changelog writes.** A state is written once a commit however many queries it had in between. The
                   more clients there are the fewer ask twice in between, and the more queries are a write each: the share
                   above. A longer commit interval (`kafka.commit.interval.ms`) makes fewer writes; alerts do not wait for it.
                3. **Restoring.** An instance that comes without its disks reads its share of the state again; `miasma bench
                   restore` prints how fast, beside plain reading. More partitions on more instances and standby replicas
                   (`standby.replicas`) shorten it.
                4. **The heap.** States that do not fit the cache come from RocksDB, and a record costs a look-up and a
                   deserialisation more. The row with most clients shows how much.
                5. **Metrics, alerts, endpoints** do not grow with clients: no label holds one, and the alert budget is per
                   query.

                Instances share nothing but Kafka, and a partition belongs to one thread; so what one machine cannot show,
                that more machines do more, is a matter of partitions and of the brokers. On one machine more instances
                only show what they cost.
                """.formatted(
                        report.command(),
                        report.machine(),
                        table(report),
                        StreamsSettings.COMMIT_INTERVAL_MILLIS,
                        Goal.number(first.median(ScalingBench.COST)),
                        Goal.number(first.median(ScalingBench.HOP_COST)),
                        percent(1 / harmonic(CLIENTS)),
                        percent(distinct(PER_SECOND * COMMIT_SECONDS, CLIENTS) / (PER_SECOND * COMMIT_SECONDS)),
                        gigabytes(footprint, "storedBytes32"),
                        gigabytes(footprint, "storedBytesWithRing32"),
                        gigabytes(footprint, "heapBytesWithRing"),
                        Goal.number(CLIENTS / 1e6));
    }

    private static String table(BenchReport report) {
        StringBuilder text = new StringBuilder("| | processor time of a record, over the first row's | over decoding it"
                + " | the same with the hop by client | throughput, over the first row's"
                + " | changelog records of states a query |\n|---|--:|--:|--:|--:|--:|\n");
        for (BenchRun run : report.runs()) {
            text.append("| ").append(ScalingBench.title(report.runs().getFirst(), run));
            for (String figure : FIGURES) {
                text.append(" | ").append(cell(run.figure(figure).samples()));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Samples samples) {
        String median = Goal.number(samples.median());
        return samples.values().length == 1
                ? median
                : median + " (" + Goal.number(samples.least()) + " to " + Goal.number(samples.most()) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String gigabytes(BenchRun footprint, String figure) {
        return Goal.number(footprint.median(figure) * CLIENTS / 1e9);
    }

    /** The sum of 1 / rank. */
    static double harmonic(int clients) {
        double sum = 0;
        for (int rank = clients; rank >= 1; rank--) {
            sum += 1.0 / rank;
        }
        return sum;
    }

    /** Expected number of different clients among so many queries: the sum of 1 - (1 - p)^n. */
    static double distinct(double queries, int clients) {
        double total = harmonic(clients);
        double sum = 0;
        for (int rank = clients; rank >= 1; rank--) {
            sum += -Math.expm1(queries * Math.log1p(-1 / (rank * total)));
        }
        return sum;
    }
}
