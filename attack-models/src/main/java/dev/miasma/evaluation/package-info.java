// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * How well an attack tells members from non-members: the receiver operating characteristic, what is read off it, how
 * sure that is, and what it means for one record.
 *
 * <p>Two kinds of scores never mix. {@link dev.miasma.evaluation.ReferenceScores} come from a shadow model or a reserve,
 * whose truth the attacker knows: thresholds and risk scales are learnt there and nowhere else.
 * {@link dev.miasma.evaluation.AuditedScores} come from the records under evaluation: they are judged by what was learnt
 * and give no threshold away. A threshold chosen on the evaluated records flatters every attack.
 */
@NullMarked
package dev.miasma.evaluation;

import org.jspecify.annotations.NullMarked;
