// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.InputSettings;
import dev.miasma.decode.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Events that have to be rejected: some for every reason that data can give. */
final class MalformedEvents {
    /** The client that all those name that name one. */
    static final String CLIENT = "mallory";

    static final int MAX_BYTES = 8192;
    static final int MAX_CLASSES = 100;

    /** An event and why it has to be rejected. */
    @SuppressWarnings("ArrayRecordComponent") // Sent once, never compared.
    record Malformed(byte @Nullable [] event, RejectReason reason) {}

    private final List<Malformed> all = new ArrayList<>();

    private MalformedEvents() {}

    static List<Malformed> all() {
        MalformedEvents events = new MalformedEvents();
        events.addEnvelopes();
        events.addFields();
        events.addAnswers();
        return events.all;
    }

    private void addEnvelopes() {
        all.add(new Malformed(null, RejectReason.NO_VALUE));
        add(RejectReason.NO_VALUE, "");
        add(RejectReason.TOO_LARGE, event("note", '"' + "x".repeat(MAX_BYTES) + '"'));
        add(RejectReason.NOT_JSON, "{\"endpoint\":");
        add(RejectReason.NOT_JSON, "[" + event() + "]");
        add(RejectReason.NOT_JSON, event() + event());
        add(RejectReason.NOT_JSON, "endpoint=shop client=" + CLIENT);
        add(RejectReason.NOT_JSON, event().replace("{", "{\"client\":\"twice\","));
        all.add(new Malformed(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2}, RejectReason.NOT_JSON));
    }

    private void addFields() {
        add(RejectReason.WRONG_TYPE, event("endpoint", "7"));
        add(RejectReason.WRONG_TYPE, event("client", "{\"name\":\"" + CLIENT + "\"}"));
        add(RejectReason.FIELD_TOO_LONG, event("client", '"' + CLIENT.repeat(200) + '"'));
        add(RejectReason.MISSING_ENDPOINT, event("endpoint", ""));
        add(RejectReason.MISSING_ENDPOINT, event("endpoint", "\"  \""));
        add(RejectReason.MISSING_CLIENT, event("client", ""));
        add(RejectReason.MISSING_CLIENT, event("client", "null"));
        add(RejectReason.INVALID_TIME, event("time", "-1"));
        add(RejectReason.INVALID_TIME, event("time", "\"yesterday\""));
        add(RejectReason.TIME_AHEAD, event("time", "\"2999-01-01T00:00:00Z\""));
        add(RejectReason.INVALID_LOCALITY, event("locality", "[1,2,3]"));
        add(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "0"));
        add(RejectReason.INVALID_SAMPLED_RATE, event("sampledRate", "1.5"));
    }

    private void addAnswers() {
        add(RejectReason.WRONG_TYPE, event("posterior", "\"0.5,0.5\""));
        add(RejectReason.WRONG_TYPE, event("posterior", "[0.5,\"0.5\"]"));
        add(RejectReason.WRONG_TYPE, event("posterior", "", "topk", "[{\"label\":\"cat\"}]"));
        add(RejectReason.MISSING_ANSWER, event("posterior", ""));
        add(RejectReason.SEVERAL_ANSWERS, event("logits", "[1,2]"));
        add(RejectReason.EMPTY_POSTERIOR, event("posterior", "[]"));
        add(RejectReason.NEGATIVE_POSTERIOR, event("posterior", "[1.5,-0.5]"));
        add(RejectReason.NOT_FINITE_POSTERIOR, event("posterior", "[NaN,1]"));
        add(RejectReason.NOT_FINITE_POSTERIOR, event("posterior", "", "logits", "[1e999,1]"));
        add(RejectReason.SUM_OFF, event("posterior", "[0.5,0.4]"));
        add(RejectReason.SUM_OFF, event("posterior", "", "topk", "[{\"label\":\"cat\",\"p\":1.3}]"));
        String uniform = DoubleStream.generate(() -> 1.0 / (MAX_CLASSES + 1))
                .limit(MAX_CLASSES + 1)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",", "[", "]"));
        add(RejectReason.TOO_MANY_CLASSES, event("posterior", uniform));
        add(RejectReason.INVALID_LABEL, event("label", "2"));
        add(RejectReason.INVALID_LABEL, event("label", "\"cat\""));
        add(RejectReason.INVALID_ROWS, event("rows", "[{\"posterior\":[1]}]"));
        add(RejectReason.INVALID_ROWS, event("posterior", "", "rows", "[]"));
        String tooMany = "{},".repeat(InputSettings.MAX_ROWS) + "{}";
        add(RejectReason.TOO_MANY_ROWS, event("posterior", "", "rows", "[" + tooMany + "]"));
    }

    private void add(RejectReason reason, String event) {
        all.add(new Malformed(event.getBytes(StandardCharsets.UTF_8), reason));
    }

    /** A good event but for these fields, each followed by its JSON; an empty JSON takes the field away. */
    private static String event(String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("endpoint", '"' + TrainedTarget.ENDPOINT + '"');
        fields.put("client", '"' + CLIENT + '"');
        fields.put("posterior", "[0.75,0.25]");
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
