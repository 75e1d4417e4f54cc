// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Optional;

/** Another behaviour's queries, made from many accounts. */
final class ManyAccounts implements Behaviour {
    private final Behaviour behaviour;
    private final long accounts;
    private final long uses;
    private final boolean inCohort;
    private long asked;

    private ManyAccounts(Behaviour behaviour, long accounts, long uses, boolean inCohort) {
        this.behaviour = behaviour;
        this.accounts = accounts;
        this.uses = uses;
        this.inCohort = inCohort;
    }

    /** A number of accounts of one cohort, one after the other, each as often as the others; then it ends. */
    static ManyAccounts sybils(Behaviour behaviour, int accounts, int probes) {
        return new ManyAccounts(behaviour, accounts, probes, true);
    }

    /** Ever new accounts that nothing connects. */
    static ManyAccounts invented(Behaviour behaviour, int uses) {
        return new ManyAccounts(behaviour, Long.MAX_VALUE, uses, false);
    }

    @Override
    public Optional<Question> next() {
        // Sybils take turns, so that none of them is done before the others have begun.
        long number = inCohort ? asked % accounts : asked / uses;
        if (inCohort && asked == accounts * uses) {
            return Optional.empty();
        }
        asked++;
        return behaviour.next().map(question -> question.by(new Question.Account(number + 1, inCohort)));
    }

    @Override
    public Outcome answered(double[] posterior) {
        return behaviour.answered(posterior);
    }
}
