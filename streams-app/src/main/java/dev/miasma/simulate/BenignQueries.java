// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;
import java.util.function.Supplier;

/** A client that has work to do: records that are no members, each as often as its software sends it. */
final class BenignQueries implements Behaviour {
    private final Supplier<double[]> records;
    private final int times;
    private double[] record = {};
    private int sent;

    BenignQueries(Supplier<double[]> records, int times) {
        this.records = records;
        this.times = times;
        sent = times;
    }

    @Override
    public Optional<Question> next() {
        if (sent == times) {
            record = records.get();
            sent = 0;
        }
        sent++;
        return Optional.of(Question.of(record, false, 0));
    }
}
