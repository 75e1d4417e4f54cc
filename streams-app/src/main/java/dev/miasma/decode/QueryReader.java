// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads the fields that say something of one query: its answer, and what was asked. They stand in an event, or in one of
 * its rows. Features are hashed as they pass and never kept. Not thread-safe.
 */
final class QueryReader {
    private final int maxClasses;
    private final KeyedHash hash;
    private final FeatureReader features;
    private final GivenBands bands;

    /**
     * @param maxClasses most classes of a posterior
     * @param hash for ready-made fingerprints
     * @param features takes in the features
     * @param bands takes in ready-made locality fingerprints
     */
    QueryReader(int maxClasses, KeyedHash hash, FeatureReader features, GivenBands bands) {
        this.maxClasses = maxClasses;
        this.hash = hash;
        this.features = features;
        this.bands = bands;
    }

    /**
     * Reads one field.
     *
     * @param token the parser's current token, the value's first
     * @return false, with nothing read, where this is no field of a query
     * @throws RejectedEventException if the value is not of the field's type
     */
    boolean read(String name, JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        switch (name) {
            case "id" -> fields.id = EventParser.text(name, token, parser);
            case "posterior" -> numbers(name, EventFields.Answer.POSTERIOR, token, parser, fields);
            case "logits" -> numbers(name, EventFields.Answer.LOGITS, token, parser, fields);
            case "topk" -> topK(token, parser, fields);
            case "label" -> label(token, parser, fields);
            case "features" -> {
                fields.recordHash = features.read(token, parser);
                fields.hasRecordHash = true;
            }
            case "fingerprint" -> fingerprint(name, token, parser, fields);
            case "locality" -> fields.locality = bands.read(token, parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void numbers(String name, EventFields.Answer answer, JsonToken token, JsonParser parser, EventFields fields)
            throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, name + " must be an array of numbers");
        }
        startAnswer(answer, fields);
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next == null || !next.isNumeric()) {
                throw new RejectedEventException(
                        RejectReason.WRONG_TYPE, name + "[" + fields.count + "] must be a number");
            }
            addNumber(name, parser.getDoubleValue(), fields);
        }
    }

    private static void startAnswer(EventFields.Answer answer, EventFields fields) {
        if (fields.answer != EventFields.Answer.NONE) {
            throw new RejectedEventException(
                    RejectReason.SEVERAL_ANSWERS, "only one of posterior, logits and topk is allowed");
        }
        fields.answer = answer;
    }

    private void addNumber(String name, double number, EventFields fields) {
        if (fields.count == maxClasses) {
            throw new RejectedEventException(
                    RejectReason.TOO_MANY_CLASSES, name + " has more than " + maxClasses + " classes");
        }
        fields.add(number);
    }

    private void topK(JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, "topk must be an array of {label, p}");
        }
        startAnswer(EventFields.Answer.TOP_K, fields);
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next != JsonToken.START_OBJECT) {
                throw new RejectedEventException(
                        RejectReason.WRONG_TYPE, "topk[" + fields.count + "] must be an object {label, p}");
            }
            topKEntry(parser, fields);
        }
    }

    private void topKEntry(JsonParser parser, EventFields fields) throws IOException {
        int place = fields.count;
        String label = "";
        boolean hasProbability = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("label")) {
                label = EventParser.textOrNumber("topk[" + place + "].label", token, parser);
            } else if (name.equals("p") && token.isNumeric()) {
                addNumber("topk", parser.getDoubleValue(), fields);
                hasProbability = true;
            } else {
                parser.skipChildren();
            }
        }
        if (!hasProbability) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, "topk[" + place + "].p must be a number");
        }
        fields.topLabels.add(label);
    }

    private static void label(JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        fields.hasLabel = true;
        if (token == JsonToken.VALUE_NUMBER_INT) {
            fields.labelName = parser.getText();
            fields.labelIndex = parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : -1;
        } else {
            fields.labelName = EventParser.text("label", token, parser);
        }
    }

    private void fingerprint(String name, JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        String given = EventParser.textOrNumber(name, token, parser);
        if (!given.isBlank()) {
            fields.fingerprint = hash.reset().add(given).value();
            fields.hasFingerprint = true;
        }
    }
}
