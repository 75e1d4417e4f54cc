// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that a mistyped one was probably meant to be. */
final class NearestName {
    private NearestName() {}

    /**
     * The name that goes on where the mistyped one ends, else the one at the smallest edit distance (Levenshtein),
     * upper and lower case alike; the alphabetically first among equals.
     */
    static String of(String mistyped, Collection<String> known) {
        String typed = mistyped.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> name.startsWith(typed) ? 0 : distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("no known names"));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
