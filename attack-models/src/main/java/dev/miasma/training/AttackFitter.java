// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.NetworkAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;

/** Makes an attack model of answers to known members and known non-members. Several threads may fit at once. */
public interface AttackFitter {

    /**
     * How the attack network is trained unless told otherwise: the learning rate, L2 and epochs of the code released
     * with ML-Leaks, in batches of 50 instead of 10, which gives the same attack in a fifth of the time.
     */
    NetworkOptions NETWORK_OPTIONS = new NetworkOptions(50, 50, 0.01, 1e-6, 0, 0, 0);

    /**
     * Fits, and sets the threshold where balanced accuracy on the same answers is best.
     *
     * @param members at least one answer
     * @param nonMembers at least one answer
     * @param options features, ridge and seed
     */
    AttackModel fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options);

    /** What is fitted, for a provenance. */
    String name();

    /** Name and version of what fits, for a provenance. */
    String library();

    /** Logistic regression by Smile. */
    static AttackFitter logistic() {
        return new LogisticFit();
    }

    /**
     * ML-Leaks' attack network (Salem et al. 2019, section III.A): {@value NetworkAttack#PAPER_UNITS} hidden units. They
     * are ReLU, which scores several times faster than tanh and attacks as well.
     */
    static AttackFitter network(NetworkTrainer trainer) {
        return network(trainer, NETWORK_OPTIONS);
    }

    /** The same, trained otherwise. */
    static AttackFitter network(NetworkTrainer trainer, NetworkOptions how) {
        return network(trainer, NetworkAttack.PAPER_UNITS, NetworkAttack.Activation.RELU, how);
    }

    /**
     * An attack network.
     *
     * @param units hidden units
     * @param activation of the hidden units
     * @param how it is trained; {@link TrainingOptions#ridge} isn't used
     */
    static AttackFitter network(
            NetworkTrainer trainer, int units, NetworkAttack.Activation activation, NetworkOptions how) {
        return new NetworkFit(trainer, units, activation, how);
    }
}
