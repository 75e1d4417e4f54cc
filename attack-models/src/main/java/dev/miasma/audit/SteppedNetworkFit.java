// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.TrainingOptions;

/**
 * ML-Leaks' attack network in fewer and larger steps than the library takes: an audit without a shadow fits it dozens of
 * times. On the golden posteriors, the only ones it was tried on, it attacks as well so.
 */
record SteppedNetworkFit(NetworkTrainer trainer) implements AttackFitter {

    private static final int EPOCHS = 30;
    private static final int SMALLEST_BATCH = 250;

    /** Of an epoch: with many records the batches grow. */
    private static final int MOST_STEPS = 20;

    @Override
    public AttackModel fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        return AttackFitter.network(trainer, how(members.size() + nonMembers.size()))
                .fit(members, nonMembers, options);
    }

    @Override
    public String name() {
        return AttackFitter.network(trainer).name();
    }

    @Override
    public String library() {
        return trainer.library();
    }

    private static NetworkOptions how(int records) {
        int batch = Math.max(SMALLEST_BATCH, Math.ceilDiv(records, MOST_STEPS));
        return NETWORK_OPTIONS.withEpochs(EPOCHS).withBatch(batch);
    }
}
