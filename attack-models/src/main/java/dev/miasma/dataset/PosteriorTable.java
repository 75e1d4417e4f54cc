// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A file of posteriors, read.
 *
 * @param all every row
 * @param membership one a row, true for a member of the training set; absent if the file doesn't say
 */
public record PosteriorTable(PosteriorSet all, Optional<boolean[]> membership) {

    /**
     * The rows of the training set.
     *
     * @throws IllegalStateException if the file had no member column
     */
    public PosteriorSet members() {
        return where(true);
    }

    /**
     * The rows of records outside the training set.
     *
     * @throws IllegalStateException if the file had no member column
     */
    public PosteriorSet nonMembers() {
        return where(false);
    }

    private PosteriorSet where(boolean member) {
        boolean[] flags = membership.orElseThrow(() -> new IllegalStateException("the file has no column 'member'"));
        return all.subset(
                IntStream.range(0, flags.length).filter(i -> flags[i] == member).toArray());
    }
}
