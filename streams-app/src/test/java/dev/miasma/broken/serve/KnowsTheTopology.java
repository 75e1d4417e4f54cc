// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.serve;

import dev.miasma.broken.topology.Wiring;

interface KnowsTheTopology {
    Wiring wiring();
}
