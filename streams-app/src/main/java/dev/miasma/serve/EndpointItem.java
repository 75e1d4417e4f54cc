// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a version of an endpoint's model leaks.
 *
 * @param endpoint its name
 * @param version version of its model
 * @param model attack model that scores it; null where that is not known here
 * @param queries answers scored
 * @param lift leak lift of recent answers; null before the first
 * @param liftLow lower end of its 95 % interval, for chance in the live answers
 * @param liftHigh upper end
 * @param flaggedShare flagged share of recent answers
 * @param window the weights of them
 * @param memberShare share of training members among recent scored first sights; null where not known
 * @param nullDrift whether these still look as the benign null says; null where not known
 * @param histogram how they lie; null where not known
 * @param whatIf the same under the defences that are tried
 */
public record EndpointItem(
        String endpoint,
        String version,
        @Nullable Model model,
        long queries,
        @Nullable Double lift,
        @Nullable Double liftLow,
        @Nullable Double liftHigh,
        @Nullable Double flaggedShare,
        Window window,
        @Nullable MemberShare memberShare,
        @Nullable NullDrift nullDrift,
        @Nullable Histogram histogram,
        List<WhatIf> whatIf) {

    /** What only the instance knows that watches the endpoint as a whole. */
    public record Scores(
            @Nullable Model model,
            @Nullable MemberShare memberShare,
            @Nullable NullDrift nullDrift,
            @Nullable Histogram histogram) {
        /** Nothing. */
        public static Scores none() {
            return new Scores(null, null, null, null);
        }
    }

    /** The figures that follow from the weights are worked out here. */
    public static EndpointItem of(
            String endpoint, String version, long queries, Window window, Scores scores, List<WhatIf> whatIf) {
        return new EndpointItem(
                endpoint,
                version,
                scores.model(),
                queries,
                window.lift(),
                window.liftLow(),
                window.liftHigh(),
                window.flaggedShare(),
                window,
                scores.memberShare(),
                scores.nullDrift(),
                scores.histogram(),
                whatIf);
    }

    Scores scores() {
        return new Scores(model, memberShare, nullDrift, histogram);
    }

    /**
     * An attack model.
     *
     * @param id short id of its file
     * @param kind its kind; null where the file is no longer in force
     */
    public record Model(String id, @Nullable String kind) {}

    /**
     * Whether recent scores look as the benign null says.
     *
     * @param verdict what they say
     * @param ratio largest share at or above a cut over its bound; null where nothing can be said
     */
    public record NullDrift(String verdict, @Nullable Double ratio) {}

    /**
     * Scores by bin of the calibration.
     *
     * @param edges ends of the bins, ascending, one more than bins
     * @param counts live answers
     * @param members share of the calibration's members; null where it knows none
     * @param nonMembers share of its non-members
     */
    public record Histogram(
            List<Double> edges,
            List<Long> counts,
            @Nullable List<Double> members,
            @Nullable List<Double> nonMembers) {}

    /**
     * What recent sampled answers would leak under a defence.
     *
     * @param defence id of the defence
     * @param lift leak lift
     * @param flaggedShare flagged share
     * @param window the weights
     */
    public record WhatIf(
            String defence, @Nullable Double lift, @Nullable Double flaggedShare, Window window) {
        /** Of its weights. */
        public static WhatIf of(String defence, Window window) {
            return new WhatIf(defence, window.lift(), window.flaggedShare(), window);
        }
    }
}
