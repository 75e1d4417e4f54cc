// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Prediction events of clients whose answers are surer than those that the models of the tests are calibrated on. */
final class BenignTraffic {
    private BenignTraffic() {}

    /**
     * Events in turn, one of each client; the highest probability is the largest of two draws from 0.5 to 1.
     *
     * @param queries distinct ones of each client
     */
    static List<String> events(String endpoint, int clients, int queries) {
        Random random = new Random(11);
        List<String> events = new ArrayList<>();
        for (int query = 0; query < queries; query++) {
            for (int client = 0; client < clients; client++) {
                double p = 0.5 + Math.max(random.nextDouble(), random.nextDouble()) / 2;
                events.add(event(endpoint, "client-" + client, "q" + query, p));
            }
        }
        return events;
    }

    static String event(String endpoint, String client, String fingerprint, double p) {
        return String.format(
                Locale.ROOT,
                "{\"endpoint\":\"%s\",\"client\":\"%s\",\"time\":1735689600000,\"fingerprint\":\"%s\",\"posterior\":[%.9f,%.9f]}",
                endpoint,
                client,
                fingerprint,
                p,
                1 - p);
    }
}
