// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import dev.miasma.dataset.Dataset;

/**
 * Records made by querying a target.
 *
 * @param data the records, each labelled with the class it was made for
 * @param queries black-box queries made, those for given-up records included
 * @param givenUp records that did not come about within their queries
 */
public record SyntheticData(Dataset data, long queries, int givenUp) {

    /** Queries for each record there is; infinite where there is none. About 156 in the paper. */
    public double queriesPerRecord() {
        return data.size() == 0 ? Double.POSITIVE_INFINITY : queries / (double) data.size();
    }
}
