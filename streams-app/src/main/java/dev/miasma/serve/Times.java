// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as text. */
final class Times {
    private static final DateTimeFormatter SORTABLE = DateTimeFormatter.ofPattern(
                    "uuuuuuuuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** RFC 3339 text in a form of fixed width, whose order as text is that of the times. */
    static String sortable(String time) {
        return SORTABLE.format(Instant.parse(time));
    }
}
