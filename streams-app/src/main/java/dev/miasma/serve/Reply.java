// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back.
 *
 * @param status HTTP status
 * @param contentType media type
 * @param body bytes; of no meaning where there is a stream
 * @param stream what goes on being written; null for a body
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
record Reply(
        int status,
        String contentType,
        byte[] body,
        @Nullable Stream stream,
        Map<String, String> headers) {
    private static final String NO_STORE = "no-store";

    /** Writes an answer that goes on; closed in any case, written to or not. */
    interface Stream extends AutoCloseable {
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();
    }

    static Reply text(int status, String text, String contentType) {
        return new Reply(
                status, contentType, text.getBytes(StandardCharsets.UTF_8), null, Map.of("Cache-Control", NO_STORE));
    }

    static Reply json(Object value) {
        return new Reply(Status.OK, Json.CONTENT_TYPE, Json.bytes(value), null, Map.of("Cache-Control", NO_STORE));
    }

    static Reply stream(String contentType, Stream stream) {
        return new Reply(Status.OK, contentType, new byte[0], stream, Map.of("Cache-Control", NO_STORE));
    }

    static Reply problem(ProblemException problem, String path, Map<String, String> headers) {
        byte[] body = Json.bytes(Problem.of(problem, path));
        return new Reply(problem.status(), Problem.CONTENT_TYPE, body, null, headers);
    }
}
