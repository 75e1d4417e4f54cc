// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * An audit: every attack against one model's answers to known members and non-members. Attacks plug in as an
 * {@link dev.miasma.audit.AuditAttack}, which learns on a shadow or a reserve and only then sees the target.
 */
@NullMarked
package dev.miasma.audit;

import org.jspecify.annotations.NullMarked;
