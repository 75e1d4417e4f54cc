// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.measure.Measures;
import dev.miasma.measure.VersionLeak;
import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import dev.miasma.score.NullCheck;
import dev.miasma.score.NullCheck.Verdict;
import dev.miasma.score.ShareEstimate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each version what share of its recent traffic is about training members, and whether the attack model's benign
 * null still fits; warns in the log when it no longer does. Keeps what it told, to take it back. Not thread-safe.
 */
final class LeakEstimates {
    private static final Logger LOG = LoggerFactory.getLogger(LeakEstimates.class);

    /** A verdict that swings must not fill the log. */
    private static final long WARNING_EVERY_MS = 10L * 60 * 1000;

    private final KnownModels models;
    private final Measures measures;
    private final Map<String, Map<String, Told>> told = new HashMap<>();

    /** What was told of a version last. */
    private static final class Told {
        Verdict verdict = Verdict.UNKNOWN;
        long nextWarningMillis = Long.MIN_VALUE;
    }

    LeakEstimates(KnownModels models, Measures measures) {
        this.models = models;
        this.measures = measures;
    }

    /**
     * Tells of the versions of an endpoint, and no longer of those that it has no more.
     *
     * @param nowMillis wall-clock time
     */
    void tell(String endpoint, EndpointState state, long nowMillis) {
        Map<String, Told> before = told.getOrDefault(endpoint, Map.of());
        Map<String, Told> next = new HashMap<>();
        for (VersionState version : state.versions) {
            long[] counts = version.recent.counts();
            KnownModel model = models.byId(version.recent.model);
            if (model == null || counts.length > model.bins()) {
                continue;
            }
            Told ofVersion = before.getOrDefault(version.version, new Told());
            NullCheck check = model.drift(counts);
            @Nullable ShareEstimate share = model.memberShare(counts);
            measures.versionLeak(new VersionLeak(
                    endpoint,
                    version.version,
                    share == null ? Double.NaN : share.share(),
                    share == null ? Double.NaN : share.low(),
                    share == null ? Double.NaN : share.high(),
                    check.largestRatio(),
                    check.verdict().code()));
            warn(endpoint, version.version, ofVersion, check, nowMillis);
            next.put(version.version, ofVersion);
        }
        before.keySet().stream()
                .filter(version -> !next.containsKey(version))
                .forEach(version -> measures.versionLeakGone(endpoint, version));
        told.put(endpoint, next);
    }

    private static void warn(String endpoint, String version, Told told, NullCheck check, long nowMillis) {
        Verdict verdict = check.verdict();
        boolean drifted = verdict == Verdict.ABOVE || verdict == Verdict.BELOW;
        boolean changed = verdict != told.verdict;
        if (!changed || (drifted && nowMillis < told.nextWarningMillis)) {
            return;
        }
        told.verdict = verdict;
        if (!drifted) {
            return;
        }
        told.nextWarningMillis = nowMillis + WARNING_EVERY_MS;
        LOG.warn(
                "the scores of {} {} are {} the benign null of their attack model, at most {} times a bound, in the last {}"
                        + " scored queries: {}",
                endpoint,
                version,
                check.verdict().code(),
                String.format(Locale.ROOT, "%.2f", check.largestRatio()),
                check.queries(),
                verdict == Verdict.ABOVE
                        ? "either many probe it, or the calibration no longer fits and the alert budget does not hold"
                        : "probers take longer to be found than with a new calibration");
    }

    /** Tells no more of an endpoint. */
    void forget(String endpoint) {
        Map<String, Told> versions = told.remove(endpoint);
        if (versions != null) {
            versions.keySet().forEach(version -> measures.versionLeakGone(endpoint, version));
        }
    }

    /** Tells no more of any. */
    void forgetAll() {
        told.forEach((endpoint, versions) ->
                versions.keySet().forEach(version -> measures.versionLeakGone(endpoint, version)));
        told.clear();
    }
}
