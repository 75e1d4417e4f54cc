// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

    private final EventJson json = new EventJson();
    private final Texts texts = new Texts();
    private final EventJson.Reading reading = this::object;
    private final QueryReader query;
    private final RowsReader rowsReader;
    private final EventFields fields;
    private final Rows rows;

    /**
     * @param query reads the answer and what was asked
     * @param rowsReader reads them row by row
     * @param fields takes what stands at the top of an event
     * @param rows takes the rows, if there are any
     */
    EventParser(QueryReader query, RowsReader rowsReader, EventFields fields, Rows rows) {
        this.query = query;
        this.rowsReader = rowsReader;
        this.fields = fields;
        this.rows = rows;
    }

    /**
     * Reads one event.
     *
     * @throws RejectedEventException if the bytes are no JSON object or a field is not of its type
     */
    void parse(byte[] event) {
        fields.clear();
        rows.clear();
        try {
            if (!json.read(event, reading)) {
                throw new RejectedEventException(RejectReason.NOT_JSON, "something follows the JSON object");
            }
        } catch (IOException e) {
            // Jackson's own message quotes the input, which is personal data.
            throw new RejectedEventException(RejectReason.NOT_JSON, "the event is not JSON that can be read");
        }
    }

    private void object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RejectedEventException(RejectReason.NOT_JSON, "the event is not a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                field(name, token, parser);
            }
        }
    }

    private void field(String name, JsonToken token, JsonParser parser) throws IOException {
        switch (name) {
            case "endpoint" -> {
                requireText(name, token, parser);
                fields.endpoint = texts.of(parser);
            }
            case "version" -> fields.version = known(name, token, parser);
            case "client" -> fields.client = known(name, token, parser);
            case "cohort" -> fields.cohort = known(name, token, parser);
            case "time" -> {
                fields.timeMillis = time(token, parser);
                fields.hasTime = true;
            }
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

    /** A text or a whole number that has come before, most likely. */
    private String known(String name, JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            requireText(name, token, parser);
        }
        return texts.of(parser);
    }

    static String text(String name, JsonToken token, JsonParser parser) throws IOException {
        requireText(name, token, parser);
        return WellFormed.of(parser.getText());
    }

    private static void requireText(String name, JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, name + " must be a string");
        }
        if (parser.getTextLength() > MAX_TEXT) {
            throw new RejectedEventException(
                    RejectReason.FIELD_TOO_LONG,
                    name + " has " + parser.getTextLength() + " characters: at most " + MAX_TEXT + " are allowed");
        }
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
