// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/** Passes every report on to two receivers. */
record BothMeasures(Measures first, Measures second) implements Measures {
    @Override
    public void received() {
        first.received();
        second.received();
    }

    @Override
    public void rejected(String reason) {
        first.rejected(reason);
        second.rejected(reason);
    }

    @Override
    public void unscorable(String reason) {
        first.unscorable(reason);
        second.unscorable(reason);
    }

    @Override
    public void scored(ScoredAnswer answer) {
        first.scored(answer);
        second.scored(answer);
    }

    @Override
    public void detected(boolean firstSight) {
        first.detected(firstSight);
        second.detected(firstSight);
    }

    @Override
    public void alarmsExpected(String level, String sensor, String severity) {
        first.alarmsExpected(level, sensor, severity);
        second.alarmsExpected(level, sensor, severity);
    }

    @Override
    public void alarmed(String level, String sensor, String severity, String outcome) {
        first.alarmed(level, sensor, severity, outcome);
        second.alarmed(level, sensor, severity, outcome);
    }

    @Override
    public void bandChanged(String level, String from, String to) {
        first.bandChanged(level, from, to);
        second.bandChanged(level, from, to);
    }

    @Override
    public void dropped(String level, String reason) {
        first.dropped(level, reason);
        second.dropped(level, reason);
    }

    @Override
    public void exemptions(int count) {
        first.exemptions(count);
        second.exemptions(count);
    }

    @Override
    public void exemptionBroken() {
        first.exemptionBroken();
        second.exemptionBroken();
    }

    @Override
    public void failed(String stage) {
        first.failed(stage);
        second.failed(stage);
    }

    @Override
    public void failuresExpected(String stage) {
        first.failuresExpected(stage);
        second.failuresExpected(stage);
    }

    @Override
    public void trainingFilterLoaded(boolean ok) {
        first.trainingFilterLoaded(ok);
        second.trainingFilterLoaded(ok);
    }

    @Override
    public void modelLoaded(boolean ok) {
        first.modelLoaded(ok);
        second.modelLoaded(ok);
    }

    @Override
    public void modelInForce(ModelInForce model) {
        first.modelInForce(model);
        second.modelInForce(model);
    }

    @Override
    public void modelOutOfForce(String name) {
        first.modelOutOfForce(name);
        second.modelOutOfForce(name);
    }

    @Override
    public void whatIf(WhatIfAnswer answer) {
        first.whatIf(answer);
        second.whatIf(answer);
    }

    @Override
    public void whatIfNoModel(String defence) {
        first.whatIfNoModel(defence);
        second.whatIfNoModel(defence);
    }

    @Override
    public void whatIfModels(String defence, int count) {
        first.whatIfModels(defence, count);
        second.whatIfModels(defence, count);
    }

    @Override
    public void sanitisingExpected(String result) {
        first.sanitisingExpected(result);
        second.sanitisingExpected(result);
    }

    @Override
    public void sanitised(String result) {
        first.sanitised(result);
        second.sanitised(result);
    }

    @Override
    public void leakBlock(String result) {
        first.leakBlock(result);
        second.leakBlock(result);
    }

    @Override
    public void versionLeak(VersionLeak leak) {
        first.versionLeak(leak);
        second.versionLeak(leak);
    }

    @Override
    public void versionLeakGone(String endpoint, String version) {
        first.versionLeakGone(endpoint, version);
        second.versionLeakGone(endpoint, version);
    }
}
