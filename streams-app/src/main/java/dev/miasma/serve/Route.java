// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path and who answers it.
 *
 * @param path as in OpenAPI; one segment, the last, may be left open: {@code /clients/{id}}
 * @param guarded whether the bearer token is wanted
 * @param parameters names of the query parameters; null where they are not looked at
 * @param handler who answers
 */
record Route(String path, boolean guarded, @Nullable List<String> parameters, Handler handler) {

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        /**
         * One answer.
         *
         * @throws ProblemException where there is none
         */
        Reply handle(Request request);
    }

    /** A path for everyone. */
    static Route open(String path, Handler handler) {
        return new Route(path, false, null, handler);
    }

    /** A path that wants the token. */
    static Route guarded(String path, List<String> parameters, Handler handler) {
        return new Route(path, true, parameters, handler);
    }

    /** The segment left open, "" for a path without one, null for another path. */
    @Nullable
    String match(String rawPath) {
        int opens = path.indexOf('{');
        if (opens < 0) {
            return path.equals(rawPath) ? "" : null;
        }
        String rest = rawPath.startsWith(path.substring(0, opens)) ? rawPath.substring(opens) : "";
        if (rest.isEmpty() || rest.indexOf('/') >= 0) {
            return null;
        }
        // In a path, unlike in a query, a plus is a plus.
        return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
