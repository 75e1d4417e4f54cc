// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The place where a page ended, as text that only this release and its like need understand. */
final class Cursor {
    private Cursor() {}

    /** A cursor of some fields. */
    static String of(List<String> fields) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(fields));
    }

    /**
     * The fields of a cursor.
     *
     * @param count how many there have to be
     * @throws ProblemException if there are not
     */
    static List<String> fields(String cursor, int count) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.UTF_8));
            String[] fields = Json.read(json, String[].class);
            if (fields != null && fields.length == count && !List.of(fields).contains("")) {
                return List.of(fields);
            }
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            // As below.
        }
        throw wrong(cursor);
    }

    static ProblemException wrong(String cursor) {
        return ProblemException.badRequest(
                "cursor is '" + Query.shown(cursor) + "'; the 'next' of a page of this list wanted");
    }
}
