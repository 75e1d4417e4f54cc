// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * Parameters of Algorithm 1 of Shokri et al. 2017; names in brackets are the paper's.
 *
 * @param mostChanged features drawn again in a step at first (k_max), at most those there are
 * @param fewestChanged at last (k_min), at least 1
 * @param mostRejects rejections in a row after which the number is halved (rej_max)
 * @param leastConfidence in the class that a record needs (conf_min), 0 to 1
 * @param mostQueries after which a record is given up (iter_max)
 * @param density of ones in a random record of bits
 */
record SynthesisOptions(
        int mostChanged, int fewestChanged, int mostRejects, double leastConfidence, int mostQueries, double density) {}
