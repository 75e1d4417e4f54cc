// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.Comparator;
import java.util.List;

/**
 * The order of clients and cohorts in a list, the riskiest first: by band, since an alarm takes all evidence away, then by
 * evidence. No two have the same rank.
 *
 * @param band risk band
 * @param evidence log10 of the e-detector's value
 * @param level "client" or "cohort"
 * @param id pseudonym or name
 * @param endpoint endpoint asked
 */
public record Rank(String band, double evidence, String level, String id, String endpoint) implements Comparable<Rank> {
    /** From the least risky on. */
    static final List<String> BANDS = List.of("low", "elevated", "high", "alarmed");

    private static final Comparator<Rank> ORDER = Comparator.<Rank>comparingInt(rank -> -BANDS.indexOf(rank.band))
            .thenComparingDouble(rank -> -rank.evidence)
            .thenComparing(Rank::level)
            .thenComparing(Rank::id)
            .thenComparing(Rank::endpoint);
    private static final int FIELDS = 5;

    /** The rank of an item. */
    public static Rank of(ClientItem item) {
        return new Rank(item.band(), item.evidence(), item.level(), item.id(), item.endpoint());
    }

    String cursor() {
        return Cursor.of(List.of(band, Double.toString(evidence), level, id, endpoint));
    }

    static Rank ofCursor(String cursor) {
        List<String> fields = Cursor.fields(cursor, FIELDS);
        try {
            double evidence = Double.parseDouble(fields.get(1));
            if (BANDS.contains(fields.getFirst()) && Double.isFinite(evidence)) {
                return new Rank(fields.getFirst(), evidence, fields.get(2), fields.get(3), fields.get(4));
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw Cursor.wrong(cursor);
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
