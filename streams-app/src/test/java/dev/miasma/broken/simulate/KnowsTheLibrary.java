// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.simulate;

import dev.miasma.broken.posterior.Vector;

interface KnowsTheLibrary {
    Vector vector();
}
