// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;
import java.util.Locale;

/** Whose queries evidence is added up over. */
public enum Level {
    /** One client at one endpoint. */
    CLIENT,
    /** All clients of a cohort at one endpoint together, which finds sybils that are silent one by one. */
    COHORT,
    /** All queries to one version of an endpoint's model. */
    ENDPOINT;

    /** The name in metrics and events. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key of the state that a query belongs to; a cohort's query has a cohort. */
    static String clientKey(ScoredQuery query) {
        return query.client() + '\u0000' + query.endpoint();
    }

    /** The subject of a state's key, as {@link Detection#subject()} has it. */
    String subject(String key) {
        return (this == COHORT ? "cohort:" : "") + key.replace('\u0000', '@');
    }

    static String cohortKey(ScoredQuery query) {
        return query.cohort() + '\u0000' + query.endpoint();
    }
}
