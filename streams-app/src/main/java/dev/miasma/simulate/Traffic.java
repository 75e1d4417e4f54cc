// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Collections;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The queries of a plan and their answers, one after the other. Not thread-safe. */
public final class Traffic {
    /** What the names of probers begin with. */
    public static final String PROBER = "prober-";

    /** What the names of benign clients begin with. */
    public static final String BENIGN = "benign-";

    private final TrafficPlan plan;
    private final Function<double[], double[]> target;
    private final Random schedule;
    private final Client[] benign;
    private final Client[] probers;
    private long sent;
    private long benignQueries;
    private final SortedMap<String, Long> proberQueries = new TreeMap<>();

    /** A client with its own random choices, so that what it asks does not depend on the others. */
    private record Client(String name, Behaviour behaviour) {}

    /**
     * @param plan who asks
     * @param members training members of the target, records x features
     * @param nonMembers records the target was not trained on
     * @param target answers a query: features to posterior
     */
    public Traffic(TrafficPlan plan, double[][] members, double[][] nonMembers, Function<double[], double[]> target) {
        this.plan = plan;
        this.target = target;
        schedule = new Random(plan.seed());
        benign = clients(BENIGN, plan.benignClients(), 0, members, nonMembers);
        probers = clients(PROBER, plan.probers(), plan.memberShare(), members, nonMembers);
        for (Client prober : probers) {
            proberQueries.put(prober.name(), 0L);
        }
    }

    private Client[] clients(String prefix, int count, double memberShare, double[][] members, double[][] nonMembers) {
        Client[] clients = new Client[count];
        for (int i = 0; i < count; i++) {
            Random random = new Random(schedule.nextLong());
            TargetPool targets = new TargetPool(members, nonMembers, memberShare, true, random);
            clients[i] = new Client(
                    prefix + String.format(Locale.ROOT, "%03d", i + 1),
                    new RecordProbe(targets, Copies.once(), random));
        }
        return clients;
    }

    /** The next query. */
    public SimulatedQuery next() {
        boolean probing = probers.length > 0 && schedule.nextDouble() < plan.proberTraffic();
        Client[] side = probing ? probers : benign;
        Client client = side[schedule.nextInt(side.length)];
        long timeMillis = plan.startMillis() + sent * 1000 / plan.queriesPerSecond();
        sent++;
        if (probing) {
            proberQueries.merge(client.name(), 1L, Long::sum);
        } else {
            benignQueries++;
        }
        Question question = client.behaviour().next().orElseThrow();
        double[] posterior = target.apply(question.features());
        return new SimulatedQuery(
                "q-" + sent,
                client.name(),
                null,
                probing ? "score" : "steady",
                probing,
                question.features(),
                posterior,
                false,
                timeMillis,
                question.member(),
                probing ? question.target() : 0,
                probing ? client.behaviour().answered(posterior) : Outcome.GOES_ON);
    }

    /** Queries of benign clients so far. */
    public long benignQueries() {
        return benignQueries;
    }

    /** Queries of each prober so far, by name. */
    public SortedMap<String, Long> proberQueries() {
        return Collections.unmodifiableSortedMap(proberQueries);
    }
}
