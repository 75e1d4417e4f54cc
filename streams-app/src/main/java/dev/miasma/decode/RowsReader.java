// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Reads the rows of a batch event. A row that breaks a rule is kept as its rejection, and the next one is read; what is not
 * JSON ends the event. Not thread-safe.
 */
final class RowsReader {
    /** What stands once at the top; skipped in a row, it would be taken for what it is not. */
    private static final Set<String> SHARED =
            Set.of("endpoint", "version", "client", "cohort", "time", "sampledRate", "rows");

    private final int maxRows;
    private final QueryReader query;
    private final Features features;
    private final Locality locality;
    private final EventFields row = new EventFields();

    /**
     * @param maxRows most rows of an event
     * @param query reads the fields of a row
     * @param features as the query's reader leaves them
     * @param locality makes their fingerprint
     */
    RowsReader(int maxRows, QueryReader query, Features features, Locality locality) {
        this.maxRows = maxRows;
        this.query = query;
        this.features = features;
        this.locality = locality;
    }

    /**
     * Reads the array.
     *
     * @param token the parser's current token, the value's first
     * @throws RejectedEventException if that is no array, or one of no rows or of too many
     */
    void read(JsonToken token, JsonParser parser, Rows rows) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw new RejectedEventException(RejectReason.WRONG_TYPE, "rows must be an array of objects");
        }
        int depth = parser.getParsingContext().getNestingDepth();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (rows.count() == maxRows) {
                throw new RejectedEventException(RejectReason.TOO_MANY_ROWS, "rows has more than " + maxRows + " rows");
            }
            row(next, parser, rows);
            leave(depth, parser);
        }
        if (rows.count() == 0) {
            throw new RejectedEventException(
                    RejectReason.INVALID_ROWS, "rows is empty: 1 to " + maxRows + " rows are needed");
        }
    }

    private void row(JsonToken token, JsonParser parser, Rows rows) throws IOException {
        int place = rows.count();
        if (token != JsonToken.START_OBJECT) {
            rows.add(new Rejection(RejectReason.WRONG_TYPE, "rows[" + place + "] must be an object"));
            return;
        }
        row.clear();
        try {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value != JsonToken.VALUE_NULL) {
                    field(name, value, parser);
                }
            }
        } catch (RejectedEventException e) {
            rows.add(e.inRow(place));
            return;
        }
        // Here and not when the row is decoded, because by then the features of the last row are in the buffer.
        if (row.locality == null && row.hasRecordHash) {
            row.locality = locality.of(features);
        }
        rows.add(row);
    }

    private void field(String name, JsonToken token, JsonParser parser) throws IOException {
        if (SHARED.contains(name)) {
            throw new RejectedEventException(
                    RejectReason.INVALID_ROWS, name + " must stand beside rows and not in one");
        }
        if (!query.read(name, token, parser, row)) {
            parser.skipChildren();
        }
    }

    /** Goes to the end of a row that was left somewhere within it. */
    private static void leave(int depth, JsonParser parser) throws IOException {
        while (parser.getParsingContext().getNestingDepth() > depth) {
            parser.nextToken();
        }
    }
}
