// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;

/** One score a record. */
@FunctionalInterface
interface Scoring {
    double[] scores(PosteriorSet answers);
}
