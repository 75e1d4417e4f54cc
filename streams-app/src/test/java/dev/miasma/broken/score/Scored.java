// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.score;

import dev.miasma.broken.posterior.Vector;

/** Does nothing wrong: this stage may know the library. */
public interface Scored {
    Vector vector();
}
