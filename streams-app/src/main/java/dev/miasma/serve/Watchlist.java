// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients and cohorts that this instance holds. */
public interface Watchlist {
    /**
     * Some of them, the riskiest first.
     *
     * @throws ProblemException where they are just being moved or restored
     */
    Found list(Filter filter);

    /**
     * One client or cohort at all endpoints; empty where it is not here.
     *
     * @param level "client" or "cohort"
     * @throws ProblemException where they are just being moved or restored
     */
    List<ClientEntry> find(String level, String id);

    /**
     * Which are wanted.
     *
     * @param limit most of them
     * @param after rank of the last one before them; null for none
     * @param band only this risk band; null for all
     * @param endpoint only at this endpoint; null for all
     * @param prefix only ids that begin with this; null for all
     */
    record Filter(
            int limit,
            @Nullable Rank after,
            @Nullable String band,
            @Nullable String endpoint,
            @Nullable String prefix) {
        /** Whether an item is one of these, whatever came before it. */
        public boolean takes(ClientItem item) {
            return (band == null || band.equals(item.band()))
                    && (endpoint == null || endpoint.equals(item.endpoint()))
                    && (prefix == null || item.id().startsWith(prefix));
        }
    }

    /**
     * What was found.
     *
     * @param items in order
     * @param more whether there are more behind them
     * @param total how many there are with those before and behind; null where that is not counted
     */
    record Found(
            List<ClientItem> items, boolean more, @Nullable Long total) {}
}
