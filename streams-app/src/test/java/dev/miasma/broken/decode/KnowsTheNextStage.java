// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.decode;

import dev.miasma.broken.score.Scored;

interface KnowsTheNextStage {
    Scored scored();
}
