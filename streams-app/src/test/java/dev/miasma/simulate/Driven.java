// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A question of a behaviour and where its answer left the target record. */
record Driven(Question question, Outcome outcome) {

    /** What a kind of client asks, at most so many questions. */
    static List<Driven> of(
            String kind,
            Map<String, String> values,
            Population population,
            Function<double[], double[]> target,
            long seed,
            int most) {
        ClientGroup group = ClientGroup.of(kind, values);
        Behaviour behaviour = group.kind().maker().make(population, group.values(), new Random(seed));
        List<Driven> asked = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Optional<Question> question = behaviour.next();
            if (question.isEmpty()) {
                break;
            }
            double[] posterior = target.apply(question.get().features());
            boolean labelOnly = group.values().flag(ClientKind.LABEL_ONLY);
            asked.add(new Driven(question.get(), behaviour.answered(labelOnly ? Labels.only(posterior) : posterior)));
        }
        return asked;
    }

    double[] features() {
        return question.features();
    }

    /** Features in which it differs from another. */
    int differences(Driven other) {
        int differences = 0;
        for (int i = 0; i < features().length; i++) {
            differences += features()[i] == other.features()[i] ? 0 : 1;
        }
        return differences;
    }
}
