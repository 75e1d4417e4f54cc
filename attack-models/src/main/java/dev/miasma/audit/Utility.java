// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorView;
import java.util.OptionalDouble;

/**
 * What a defence costs the clients.
 *
 * @param accuracyBefore share of right answers to non-members without the defence; absent without labels
 * @param accuracyAfter the same with it
 * @param labelsKept share of all answers that predict the same class
 * @param distortion mean L1 distance of an answer from what it was, 0 to 2
 */
public record Utility(
        OptionalDouble accuracyBefore, OptionalDouble accuracyAfter, double labelsKept, double distortion) {

    /** Measures a defence. */
    static Utility of(Answers before, Answers after) {
        int records = before.members().size() + before.nonMembers().size();
        double kept = 0;
        double distortion = 0;
        for (boolean member : new boolean[] {true, false}) {
            kept += kept(before.side(member), after.side(member));
            distortion += distortion(before.side(member), after.side(member));
        }
        return new Utility(accuracy(before), accuracy(after), kept / records, distortion / records);
    }

    /** Accuracy lost; 0 where it isn't known. */
    public double accuracyLost() {
        return accuracyBefore.isPresent() ? accuracyBefore.getAsDouble() - accuracyAfter.orElseThrow() : 0;
    }

    private static OptionalDouble accuracy(Answers answers) {
        return answers.labelled() ? OptionalDouble.of(Slices.accuracy(answers.nonMembers())) : OptionalDouble.empty();
    }

    private static int kept(PosteriorSet before, PosteriorSet after) {
        PosteriorView view = new PosteriorView();
        int kept = 0;
        for (int i = 0; i < before.size(); i++) {
            int predicted = view.set(before.posteriors()[i]).predictedClass();
            kept += view.set(after.posteriors()[i]).predictedClass() == predicted ? 1 : 0;
        }
        return kept;
    }

    private static double distortion(PosteriorSet before, PosteriorSet after) {
        double sum = 0;
        for (int i = 0; i < before.size(); i++) {
            for (int c = 0; c < before.classes(); c++) {
                sum += Math.abs(before.posteriors()[i][c] - after.posteriors()[i][c]);
            }
        }
        return sum;
    }
}
