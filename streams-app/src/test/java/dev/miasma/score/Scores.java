// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.measure.Measures;
import dev.miasma.measure.ModelInForce;
import dev.miasma.measure.ScoredAnswer;
import java.util.List;

/** Keeps the answers that were scored. */
record Scores(List<ScoredAnswer> answers) implements Measures {
    @Override
    public void scored(ScoredAnswer answer) {
        answers.add(answer);
    }

    @Override
    public void received() {}

    @Override
    public void rejected(String reason) {}

    @Override
    public void unscorable(String reason) {}

    @Override
    public void detected(boolean firstSight) {}

    @Override
    public void alarmed(String level, String sensor, String severity, String outcome) {}

    @Override
    public void bandChanged(String level, String from, String to) {}

    @Override
    public void failed(String stage) {}

    @Override
    public void modelLoaded(boolean ok) {}

    @Override
    public void modelInForce(ModelInForce model) {}
}
