// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.List;

/**
 * Which defences are tried on the answers, unseen by the clients.
 *
 * @param defences names of the defences, as the key has them; empty for none
 * @param sample share of the answers that they are tried on, above 0 and at most 1
 */
public record WhatIfSettings(List<String> defences, double sample) {
    public WhatIfSettings {
        defences = List.copyOf(defences);
    }
}
