// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.simulate.ClientTruth;
import dev.miasma.simulate.Scenario;
import dev.miasma.train.DemoTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of simulated clients came to.
 *
 * @param dataset name of the data set
 * @param seed of what the clients asked
 * @param targetSeed of the target
 * @param destination of the events, in words
 * @param endpoint named in them
 * @param queries sent
 * @param kinds what each did
 */
record SimulationResult(
        String dataset,
        long seed,
        long targetSeed,
        String destination,
        String endpoint,
        long queries,
        List<Kind> kinds) {

    /**
     * What the clients of a kind did together.
     *
     * @param kind name
     * @param attack whether it is an attack
     * @param clients names that asked
     * @param queries they made
     * @param memberQueries of them about members or perturbed copies of some
     * @param targets target records they were done with
     * @param targetsGivenUp target records they gave up
     */
    record Kind(
            String kind,
            boolean attack,
            int clients,
            long queries,
            long memberQueries,
            long targets,
            long targetsGivenUp) {

        private static Kind none(ClientTruth client) {
            return new Kind(client.kind(), client.attack(), 0, 0, 0, 0, 0);
        }

        private Kind and(ClientTruth client) {
            return new Kind(
                    kind,
                    attack,
                    clients + 1,
                    queries + client.queries(),
                    memberQueries + client.memberQueries(),
                    targets + client.targets(),
                    targetsGivenUp + client.targetsGivenUp());
        }
    }

    static SimulationResult of(SimulationSettings settings, DemoTarget target, Scenario scenario) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        settings.plan().groups().forEach(group -> {
            String name = group.kind().name();
            kinds.put(name, new Kind(name, group.kind().attack(), 0, 0, 0, 0, 0));
        });
        for (ClientTruth client : scenario.truth()) {
            kinds.compute(client.kind(), (name, sum) -> (sum == null ? Kind.none(client) : sum).and(client));
        }
        return new SimulationResult(
                target.dataset(),
                settings.plan().seed(),
                settings.targetSeed(),
                settings.destination(),
                settings.endpoint(),
                scenario.queries(),
                new ArrayList<>(kinds.values()));
    }

    /** One JSON object on one line. */
    String json() {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("dataset", dataset)
                .put("seed", seed)
                .put("targetSeed", targetSeed)
                .put("destination", destination)
                .put("endpoint", endpoint)
                .put("queries", queries);
        ArrayNode all = json.putArray("kinds");
        kinds.forEach(kind -> all.addObject()
                .put("kind", kind.kind())
                .put("attack", kind.attack())
                .put("clients", kind.clients())
                .put("queries", kind.queries())
                .put("memberQueries", kind.memberQueries())
                .put("targets", kind.targets())
                .put("targetsGivenUp", kind.targetsGivenUp()));
        return json.toString();
    }
}
