// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.target.network.NetworkTrainingUnavailableException;

/**
 * An attack that an audit can run. It learns whatever it needs on answers whose membership the attacker knows, and only
 * what it learnt sees the records under evaluation. Implementations are immutable: learning twice, on two threads at
 * once as well, gives two results that know nothing of each other.
 */
public interface AuditAttack {

    /** The name in machine-readable results, such as "modified-entropy-per-class"; never changes. */
    String name();

    /** The name for people. */
    String title();

    /** Who described it: paper, section, equation. */
    String source();

    /** Whether it reads the true class of a record; it is left out of an audit whose records have none. */
    boolean needsLabels();

    /**
     * Learns.
     *
     * @param reference answers of a shadow model, or a reserve of the audited model's; at least one of each kind
     * @param seed of every random choice
     * @throws NetworkTrainingUnavailableException if it needs a network and none can be trained here; the audit then
     *     leaves it out and says so
     * @throws AuditException if the reference is too small for it
     */
    LearntAttack learn(Reference reference, long seed);
}
