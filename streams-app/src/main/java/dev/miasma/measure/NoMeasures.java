// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/** Keeps nothing, for benchmarks and plain tests. */
public final class NoMeasures implements Measures {
    @Override
    public void received() {}

    @Override
    public void rejected(String reason) {}

    @Override
    public void unscorable(String reason) {}

    @Override
    public void scored(ScoredAnswer answer) {}

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
