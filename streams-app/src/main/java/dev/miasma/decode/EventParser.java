// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Reads the JSON of one native event, token by token, into {@link EventFields}, and its rows, if it has any, into
 * {@link Rows}. Fields it does not know are skipped. Not thread-safe.
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

    private final QueryReader query;
    private final RowsReader rowsReader;

    /**
     * @param query reads the answer and what was asked
     * @param rowsReader reads them row by row
     */
    EventParser(QueryReader query, RowsReader rowsReader) {
        this.query = query;
        this.rowsReader = rowsReader;
    }

    /** A reader that takes what events may look like, and nothing else. */
    static JsonParser reader(byte[] json) throws IOException {
        return JSON.createParser(json);
    }

    /**
     * Reads one event.
     *
     * @param fields takes what stands at the top
     * @param rows takes the rows, if there are any
     * @throws RejectedEventException if the bytes are no JSON object or a field is not of its type
     */
    void parse(byte[] json, EventFields fields, Rows rows) {
        fields.clear();
        rows.clear();
        try (JsonParser parser = reader(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedEventException(RejectReason.NOT_JSON, "the event is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token != JsonToken.VALUE_NULL) {
                    field(name, token, parser, fields, rows);
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

    private void field(String name, JsonToken token, JsonParser parser, EventFields fields, Rows rows)
            throws IOException {
        switch (name) {
            case "endpoint" -> fields.endpoint = text(name, token, parser);
            case "version" -> fields.version = textOrNumber(name, token, parser);
            case "client" -> fields.client = textOrNumber(name, token, parser);
            case "cohort" -> fields.cohort = textOrNumber(name, token, parser);
            case "time" -> fields.timeMillis = time(token, parser);
            case "sampledRate" -> fields.represents = sampledRate(token, parser);
            case "rows" -> {
                rowsReader.read(token, parser, rows);
                fields.hasRows = true;
            }
            default -> {
                if (!query.read(name, token, parser, fields)) {
                    parser.skipChildren();
                }
            }
        }
    }

    static String text(String name, JsonToken token, JsonParser parser) throws IOException {
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
