// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.attack.NetworkAttack.Activation;
import dev.miasma.attack.NetworkAttack.Unit;
import dev.miasma.posterior.PosteriorFeature;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small attack of each kind that isn't in {@link ModelFileTest#example}. */
final class AttackKinds {

    private static final List<PosteriorFeature> TOP_2 = List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2);

    private AttackKinds() {}

    static NetworkAttack network() {
        return network(Activation.TANH);
    }

    static NetworkAttack network(Activation activation) {
        return new NetworkAttack(
                TOP_2,
                activation,
                List.of(
                        new Unit(0.5, new double[] {1.25, -2}, 3),
                        new Unit(-0.25, new double[] {0.5, 4}, -1.5),
                        new Unit(0, new double[] {-1, 0.125}, 0.75)),
                -0.5,
                0.375);
    }

    static PerClassAttack perClass() {
        SortedMap<Integer, AttackModel> members = new TreeMap<>();
        members.put(0, new LogisticAttack(TOP_2, new double[] {4, -1}, -2, 0.5));
        members.put(2, network(Activation.RELU));
        return new PerClassAttack(members, new LogisticAttack(TOP_2, new double[] {3, -2}, -1.5, 0.625));
    }

    static CalibratedAttack calibrated(AttackModel model) {
        CalibratedAttack example = ModelFileTest.example();
        return new CalibratedAttack(model, example.calibration(), example.provenance(), example.evaluation());
    }
}
