// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * Parameters of a boundary walk; names in brackets are those of Chen et al. 2020, Algorithm 2.
 *
 * @param gradientQueries for the first estimate of the gradient (B_0); the t-th takes the root of t as many
 * @param iterations estimates and steps (T); 0 for the search of the boundary alone
 * @param starts records that are tried to find one of another class
 */
record WalkOptions(int gradientQueries, int iterations, int starts) {

    /** Queries of the estimate of this number, from 1. */
    int gradientQueries(int iteration) {
        return (int) Math.ceil(gradientQueries * Math.sqrt(iteration));
    }
}
