// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.simulate.SimulatedQuery;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Events with secrets in every field that may hold one. */
final class PlantedEvents {
    /** What begins ids of events, which alerts name on purpose. */
    static final String EVENT_ID = "SECRET-event-id-";

    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> numbers = new LinkedHashSet<>();

    /** Numbers of answers and features so far, as text and as bytes of either order. */
    Set<String> numbers() {
        return numbers;
    }

    /**
     * A good one.
     *
     * @param number of the event; the numbers of some are remembered
     */
    byte[] good(SimulatedQuery query, double[] answer, int number) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", EVENT_ID + number)
                .put("endpoint", TrainedTarget.ENDPOINT)
                .put("version", TrainedTarget.VERSION)
                .put("client", "SECRET-client-" + query.client())
                .put("time", query.timeMillis())
                .put("correlationId", "SECRET-correlation")
                .put("authorization", "Bearer SECRET-token");
        double amount = 77_123.456_7 + number;
        ArrayNode posterior = event.putArray("posterior");
        for (double p : answer) {
            posterior.add(p);
        }
        ObjectNode features = event.putObject("features")
                .put("note", "SECRET-feature-" + number)
                .put("amount", amount);
        ArrayNode x = features.putArray("x");
        for (double feature : query.features()) {
            x.add(feature);
        }
        if (number % 20 == 0) {
            remember(amount);
            for (double p : answer) {
                remember(p);
            }
        }
        return event.toString().getBytes(UTF_8);
    }

    /** Of short numbers chance would find some. */
    private void remember(double number) {
        if (Double.toString(number).length() < 12) {
            return;
        }
        numbers.add(Double.toString(number));
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            numbers.add(new String(
                    ByteBuffer.allocate(Double.BYTES)
                            .order(order)
                            .putDouble(number)
                            .array(),
                    ISO_8859_1));
        }
    }

    /** Each with a secret at the very place that is wrong. */
    List<byte[]> badOnes() {
        String head = "{\"endpoint\":\"shop\",\"client\":\"SECRET-client\",";
        List<String> events = List.of(
                "SECRET-not-json",
                "{\"SECRET-cut\":\"SECRET-",
                head + "\"posterior\":[0.7312345678912,-0.7312345678912]}",
                head + "\"posterior\":[1.7312345678912]}",
                head + "\"topk\":[{\"label\":\"SECRET-label\",\"p\":1.7312345678912}]}",
                head + "\"logits\":[NaN,0.7312345678912]}",
                head + "\"posterior\":[\"SECRET-posterior\"]}",
                head + "\"posterior\":[1],\"time\":\"SECRET-time\"}",
                head + "\"posterior\":[1],\"label\":\"SECRET-label\"}",
                head + "\"posterior\":[1],\"features\":{\"SECRET-name\":1,\"SECRET-name\":2}}",
                head + "\"posterior\":[1],\"features\":" + "[".repeat(100) + "\"SECRET-deep\"",
                head + "\"posterior\":[1],\"sampledRate\":\"SECRET-rate\"}",
                head + "\"posterior\":[1],\"locality\":[\"SECRET-band\"]}",
                head + "\"posterior\":[1],\"cohort\":\"SECRET-" + "c".repeat(2000) + "\"}",
                "{\"endpoint\":{\"SECRET-endpoint\":1},\"client\":\"SECRET-client\",\"posterior\":[1]}",
                "{\"endpoint\":\"shop\",\"client\":[\"SECRET-client\"],\"posterior\":[1]}",
                head + "\"posterior\":[1],\"note\":\"SECRET-" + "x".repeat(9000) + "\"}");
        numbers.add("7312345678912");
        return events.stream().map(event -> event.getBytes(UTF_8)).toList();
    }
}
