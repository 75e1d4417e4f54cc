// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.miasma.config.InputSettings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Reads the JSON of one native event, token by token, into {@link EventFields}. Features are hashed as they pass and
 * never kept. Fields it does not know are skipped. Not thread-safe.
 */
final class EventParser {
    /** Most characters of a text field. */
    static final int MAX_TEXT = 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            // "NaN" is not JSON, but a serving stack that prints it deserves the right reason.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names are the sender's choice, and those interned stay in a table of the whole JVM.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(400)
                    .maxNameLength(MAX_TEXT)
                    .build())
            .build();

    private final int maxClasses;
    private final KeyedHash hash;
    private final FeatureReader features;
    private final GivenBands bands;

    /**
     * @param settings what is accepted
     * @param hash for ready-made fingerprints
     * @param features takes in the features
     * @param bands takes in ready-made locality fingerprints
     */
    EventParser(InputSettings settings, KeyedHash hash, FeatureReader features, GivenBands bands) {
        this.maxClasses = settings.maxClasses();
        this.hash = hash;
        this.features = features;
        this.bands = bands;
    }

    /** A reader that takes what events may look like, and nothing else. */
    static JsonParser reader(byte[] json) throws IOException {
        return JSON.createParser(json);
    }

    /**
     * Reads one event.
     *
     * @throws RejectedEventException if the bytes are no JSON object or a field is not of its type
     */
    void parse(byte[] json, EventFields fields) {
        fields.clear();
        try (JsonParser parser = reader(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedEventException(RejectReason.NOT_JSON, "the event is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token != JsonToken.VALUE_NULL) {
                    field(name, token, parser, fields);
                }
            }
            if (parser.nextToken() != null) {
                throw new RejectedEventException(RejectReason.NOT_JSON, "something follows the JSON object");
            }
        } catch (IOException e) {
            // Jackson's own message quotes the input, which is personal data.
            throw new RejectedEventException(RejectReason.NOT_JSON, "the event is not JSON that can be read");
        }
    }

    private void field(String name, JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        switch (name) {
            case "id" -> fields.id = text(name, token, parser);
            case "endpoint" -> fields.endpoint = text(name, token, parser);
            case "version" -> fields.version = textOrNumber(name, token, parser);
            case "client" -> fields.client = textOrNumber(name, token, parser);
            case "cohort" -> fields.cohort = textOrNumber(name, token, parser);
            case "time" -> fields.timeMillis = time(token, parser);
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
            case "sampledRate" -> fields.represents = sampledRate(token, parser);
            default -> parser.skipChildren();
        }
    }

    private static String text(String name, JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, name + " must be a string");
        }
        if (parser.getTextLength() > MAX_TEXT) {
            throw new RejectedEventException(
                    RejectReason.FIELD_TOO_LONG,
                    name + " has " + parser.getTextLength() + " characters: at most " + MAX_TEXT + " are allowed");
        }
        return WellFormed.of(parser.getText());
    }

    static String textOrNumber(String name, JsonToken token, JsonParser parser) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT ? parser.getText() : text(name, token, parser);
    }

    private static long time(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            try {
                return parser.getLongValue();
            } catch (IOException e) {
                throw new RejectedEventException(
                        RejectReason.INVALID_TIME, "time is not a number of milliseconds since 1970 in 64 bits");
            }
        }
        String text = text("time", token, parser);
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new RejectedEventException(
                    RejectReason.INVALID_TIME,
                    "time is neither milliseconds since 1970 nor a date and time of RFC 3339 with an offset");
        }
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
                label = textOrNumber("topk[" + place + "].label", token, parser);
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
            fields.labelName = text("label", token, parser);
        }
    }

    private void fingerprint(String name, JsonToken token, JsonParser parser, EventFields fields) throws IOException {
        String given = textOrNumber(name, token, parser);
        if (!given.isBlank()) {
            fields.fingerprint = hash.reset().add(given).value();
            fields.hasFingerprint = true;
        }
    }

    private static int sampledRate(JsonToken token, JsonParser parser) throws IOException {
        int rate = token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT
                ? parser.getIntValue()
                : 0;
        if (rate < 1) {
            throw new RejectedEventException(
                    RejectReason.INVALID_SAMPLED_RATE, "sampledRate must be a whole number of at least 1");
        }
        return rate;
    }
}
