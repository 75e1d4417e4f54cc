// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a demo run came to.
 *
 * @param dataset name of the data set
 * @param seed of every random choice
 * @param queries published
 * @param received read by the monitor
 * @param scored of them
 * @param rejected of them
 * @param unscorable of them
 * @param benignClients simulated
 * @param benignQueries of theirs
 * @param falseAlerts alerts about benign clients
 * @param falseAlertBound expected false alerts for that many benign queries, at most
 * @param budgetGuaranteed whether every alert said that the calibration bears the budget
 * @param probers how each came off
 * @param leakLift of the answers
 * @param attackAuc of the attack model on the target
 * @param whatIf what each defence would make of that
 * @param throughputPerSecond queries scored a second, from the first published to the last detected
 */
record DemoResult(
        String dataset,
        long seed,
        long queries,
        long received,
        long scored,
        long rejected,
        long unscorable,
        int benignClients,
        long benignQueries,
        long falseAlerts,
        double falseAlertBound,
        boolean budgetGuaranteed,
        List<Prober> probers,
        double leakLift,
        double attackAuc,
        List<WhatIf> whatIf,
        double throughputPerSecond) {

    /**
     * The answers as they would have been under a defence.
     *
     * @param defence its id
     * @param leakLift of the sampled answers; NaN where there are none
     * @param flaggedShare of the sampled answers; NaN where there are none
     * @param sample answers behind both
     * @param attackAuc of the attack model made for the defence
     */
    record WhatIf(String defence, double leakLift, double flaggedShare, long sample, double attackAuc) {}

    /**
     * How a prober came off.
     *
     * @param client its name
     * @param memberShare share of its queries that were about members
     * @param queries it made
     * @param queriesToAlert how many of them until its first alert; absent where none came
     */
    record Prober(String client, double memberShare, long queries, OptionalLong queriesToAlert) {}

    /** One JSON object on one line. */
    String json() {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("dataset", dataset)
                .put("seed", seed)
                .put("queries", queries)
                .put("received", received)
                .put("scored", scored)
                .put("rejected", rejected)
                .put("unscorable", unscorable)
                .put("benignClients", benignClients)
                .put("benignQueries", benignQueries)
                .put("falseAlerts", falseAlerts)
                .put("falseAlertBound", falseAlertBound)
                .put("budgetGuaranteed", budgetGuaranteed);
        ArrayNode all = json.putArray("probers");
        for (Prober prober : probers) {
            ObjectNode one = all.addObject()
                    .put("client", prober.client())
                    .put("memberShare", prober.memberShare())
                    .put("queries", prober.queries());
            if (prober.queriesToAlert().isPresent()) {
                one.put("queriesToAlert", prober.queriesToAlert().getAsLong());
            } else {
                one.putNull("queriesToAlert");
            }
        }
        json.put("leakLift", leakLift).put("attackAuc", attackAuc);
        if (!whatIf.isEmpty()) {
            ArrayNode defences = json.putArray("whatIf");
            whatIf.forEach(defence -> defences.addObject()
                    .put("defence", defence.defence())
                    .put("leakLift", defence.leakLift())
                    .put("flaggedShare", defence.flaggedShare())
                    .put("sample", defence.sample())
                    .put("attackAuc", defence.attackAuc()));
        }
        return json.put("throughputPerSecond", throughputPerSecond).toString();
    }
}
