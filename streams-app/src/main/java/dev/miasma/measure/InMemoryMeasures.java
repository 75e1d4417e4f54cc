// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Keeps the measures in memory, for tests and for the demo's live view. */
public final class InMemoryMeasures implements Measures {
    private final LongAdder received = new LongAdder();
    private final LongAdder scored = new LongAdder();
    private final LongAdder firstSights = new LongAdder();
    private static final String CLIENT = "client ";

    private final LongAdder repeats = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unscorable = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> bands = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> alarms = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();
    private final LongAdder brokenExemptions = new LongAdder();
    private volatile int exemptions;
    private final LeakMeter leak = new LeakMeter();
    private final Map<String, LeakMeter> whatIf = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> whatIfCounts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> whatIfWithoutModel = new ConcurrentHashMap<>();
    private final Map<String, Integer> whatIfModels = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sanitised = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> leakBlocks = new ConcurrentHashMap<>();
    private final Map<String, VersionLeak> versionLeaks = new ConcurrentHashMap<>();

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void rejected(String reason) {
        adder(rejected, reason).increment();
    }

    @Override
    public void unscorable(String reason) {
        adder(unscorable, reason).increment();
    }

    @Override
    public void scored(ScoredAnswer answer) {
        scored.increment();
        leak.add(answer.flagged(), answer.nullShare());
    }

    @Override
    public void detected(boolean firstSight) {
        (firstSight ? firstSights : repeats).increment();
    }

    @Override
    public void alarmed(String level, String sensor, String severity, String outcome) {
        adder(alarms, outcome).increment();
        adder(alarms, level + ' ' + outcome).increment();
    }

    @Override
    public void bandChanged(String level, String from, String to) {
        if (!from.isEmpty()) {
            adder(bands, level + ' ' + from).decrement();
        }
        if (!to.isEmpty()) {
            adder(bands, level + ' ' + to).increment();
        }
    }

    @Override
    public void dropped(String level, String reason) {
        adder(dropped, level + ' ' + reason).increment();
    }

    @Override
    public void exemptions(int count) {
        exemptions = count;
    }

    @Override
    public void exemptionBroken() {
        brokenExemptions.increment();
    }

    @Override
    public void failed(String stage) {
        adder(failed, stage).increment();
    }

    @Override
    public void modelLoaded(boolean ok) {
        // Of no interest in memory.
    }

    @Override
    public void modelInForce(ModelInForce model) {
        // Of no interest in memory.
    }

    @Override
    public void whatIf(WhatIfAnswer answer) {
        adder(whatIfCounts, answer.defence()).increment();
        whatIf.computeIfAbsent(answer.defence(), ignored -> new LeakMeter()).add(answer.flagged(), answer.nullShare());
    }

    @Override
    public void whatIfNoModel(String defence) {
        adder(whatIfWithoutModel, defence).increment();
    }

    @Override
    public void whatIfModels(String defence, int count) {
        whatIfModels.put(defence, count);
    }

    @Override
    public void sanitised(String result) {
        adder(sanitised, result).increment();
    }

    @Override
    public void leakBlock(String result) {
        adder(leakBlocks, result).increment();
    }

    @Override
    public void versionLeak(VersionLeak leak) {
        versionLeaks.put(leak.endpoint() + '@' + leak.version(), leak);
    }

    @Override
    public void versionLeakGone(String endpoint, String version) {
        versionLeaks.remove(endpoint + '@' + version);
    }

    /** Events read. */
    public long receivedCount() {
        return received.sum();
    }

    /** Answers scored. */
    public long scoredCount() {
        return scored.sum();
    }

    /** Events rejected, for whatever reason. */
    public long rejectedCount() {
        return sum(rejected);
    }

    /** Events rejected, by code of the reason. */
    public SortedMap<String, Long> rejectedByReason() {
        return sums(rejected);
    }

    /** Events that carried nothing to score, by code of the reason. */
    public SortedMap<String, Long> unscorableByReason() {
        return sums(unscorable);
    }

    /** Events that carried nothing to score. */
    public long unscorableCount() {
        return sum(unscorable);
    }

    /** Scored queries the detect stage has seen. */
    public long detectedCount() {
        return firstSights.sum() + repeats.sum();
    }

    /** Those of them that repeated an earlier query of their client. */
    public long repeatCount() {
        return repeats.sum();
    }

    /** Alerts sent. */
    public long alertsSentCount() {
        return adder(alarms, "sent").sum();
    }

    /** Alerts sent about subjects of one level. */
    public long alertsSentCount(String level) {
        return adder(alarms, level + " sent").sum();
    }

    /** Alarms inside a cool-down, counted but not sent. */
    public long alertsHeldCount() {
        return adder(alarms, "held").sum();
    }

    /** Records a stage failed on. */
    public long failedCount() {
        return sum(failed);
    }

    /** Clients watched, over all risk bands. */
    public long clientCount() {
        return bands.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(CLIENT))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** Clients in one risk band. */
    public long clientCount(String band) {
        return adder(bands, CLIENT + band).sum();
    }

    /** Cohorts in one risk band. */
    public long cohortCount(String band) {
        return adder(bands, "cohort " + band).sum();
    }

    /** Alarms of subjects that the operator allows to probe. */
    public long allowedAlarms() {
        return adder(alarms, "allowed").sum();
    }

    /** Clients or cohorts forgotten for a reason. */
    public long droppedCount(String level, String reason) {
        return adder(dropped, level + ' ' + reason).sum();
    }

    /** Exemptions known. */
    public int exemptionCount() {
        return exemptions;
    }

    /** Exemptions, or files of them, that could not be read. */
    public long brokenExemptionCount() {
        return brokenExemptions.sum();
    }

    /** Leak lift over all endpoints; NaN before the first answer. */
    public double leakLift() {
        return leak.lift();
    }

    /** Flagged share of the answers over all endpoints; NaN before the first. */
    public double flaggedShare() {
        return leak.flaggedShare();
    }

    /** Answers scored under a defence. */
    public long whatIfCount(String defence) {
        return adder(whatIfCounts, defence).sum();
    }

    /** Sampled answers without a model for a defence. */
    public long whatIfNoModelCount(String defence) {
        return adder(whatIfWithoutModel, defence).sum();
    }

    /** Attack models for a defence; -1 where it is not tried. */
    public int whatIfModelCount(String defence) {
        return whatIfModels.getOrDefault(defence, -1);
    }

    /** Leak lift under a defence over all endpoints; NaN before the first answer. */
    public double whatIfLift(String defence) {
        return whatIf.computeIfAbsent(defence, ignored -> new LeakMeter()).lift();
    }

    /** Flagged share under a defence over all endpoints; NaN before the first answer. */
    public double whatIfFlaggedShare(String defence) {
        return whatIf.computeIfAbsent(defence, ignored -> new LeakMeter()).flaggedShare();
    }

    /** Predictions with one result of sanitising. */
    public long sanitisedCount(String result) {
        return adder(sanitised, result).sum();
    }

    private static SortedMap<String, Long> sums(Map<String, LongAdder> counts) {
        SortedMap<String, Long> sums = new TreeMap<>();
        counts.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }

    /** Blocks of counts with one result at the endpoint level. */
    public long leakBlockCount(String result) {
        return adder(leakBlocks, result).sum();
    }

    /** What was told last of the versions of all endpoints, by endpoint@version. */
    public SortedMap<String, VersionLeak> versionLeaks() {
        return new TreeMap<>(versionLeaks);
    }

    private static LongAdder adder(Map<String, LongAdder> counts, String key) {
        return counts.computeIfAbsent(key, ignored -> new LongAdder());
    }

    private static long sum(Map<String, LongAdder> counts) {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
