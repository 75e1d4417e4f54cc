// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.score.ModelCard;
import dev.miasma.score.ModelFacts;
import dev.miasma.serve.ModelItem;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Attack models, in the form in which the API shows them. */
final class ModelView {
    private ModelView() {}

    static List<ModelItem> of(List<ModelCard> cards) {
        return cards.stream().map(ModelView::of).toList();
    }

    private static ModelItem of(ModelCard card) {
        ModelFacts facts = card.facts();
        String state = card.state().words();
        if (facts == null) {
            return new ModelItem(card.name(), null, null, state, card.problem(), null, null, null, null, null, null);
        }
        ModelFacts.Bins bins = facts.calibration();
        ModelFacts.Origin origin = facts.origin();
        return new ModelItem(
                card.name(),
                facts.id(),
                facts.kind(),
                state,
                card.problem(),
                facts.budgetGuaranteed(),
                new ModelItem.Calibrated(bins.nonMembers(), bins.members(), bins.source()),
                origin.date().toString(),
                facts.loadedAt().toString(),
                new ModelItem.Provenance(
                        origin.dataHash(), Long.toString(origin.seed()), origin.library(), origin.protocol()),
                evaluation(facts.quality()));
    }

    private static ModelItem.Evaluation evaluation(ModelFacts.Quality quality) {
        return new ModelItem.Evaluation(
                quality.members(),
                quality.nonMembers(),
                known(quality.auc()),
                known(quality.bestBalancedAccuracy()),
                known(quality.tprAt10Percent()),
                known(quality.tprAt1Percent()),
                known(quality.tprAt01Percent()));
    }

    private static @Nullable Double known(OptionalDouble figure) {
        return figure.isPresent() ? figure.getAsDouble() : null;
    }
}
