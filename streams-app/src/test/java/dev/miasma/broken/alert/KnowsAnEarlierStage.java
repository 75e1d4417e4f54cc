// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.alert;

import dev.miasma.broken.score.Scored;

interface KnowsAnEarlierStage {
    Scored[] scored();
}
