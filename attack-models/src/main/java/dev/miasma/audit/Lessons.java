// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.target.network.NetworkTrainingUnavailableException;
import dev.miasma.training.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What attacks have learnt for an audit.
 *
 * @param taught the attacks that could learn, in the order given
 * @param note which attacks couldn't and why, for people
 */
record Lessons(List<Lesson> taught, Optional<String> note) {

    /**
     * What one attack has learnt.
     *
     * @param learnt one for each part of the audit
     */
    record Lesson(AuditAttack attack, List<LearntAttack> learnt) {}

    /** One attack on one part: what it learnt, or why it can't. */
    private record Attempt(Optional<LearntAttack> learnt, String refusal) {}

    /**
     * Lets all attacks learn for all parts.
     *
     * @param threads attempts at once; the result doesn't depend on it
     */
    static Lessons of(List<AuditAttack> attacks, List<Part> parts, long seed, int threads) {
        int n = attacks.size() * parts.size();
        // Backwards, since the last attacks take longest: begun last, one of them would keep all other threads waiting.
        List<Attempt> attempts = Parallel.map(
                        n,
                        threads,
                        i -> attempt(
                                attacks.get((n - 1 - i) / parts.size()), parts.get((n - 1 - i) % parts.size()), seed))
                .reversed();
        List<Lesson> taught = new ArrayList<>();
        List<AuditAttack> refused = new ArrayList<>();
        for (int a = 0; a < attacks.size(); a++) {
            List<LearntAttack> learnt = attempts.subList(a * parts.size(), (a + 1) * parts.size()).stream()
                    .flatMap(attempt -> attempt.learnt().stream())
                    .toList();
            if (learnt.size() == parts.size()) {
                taught.add(new Lesson(attacks.get(a), learnt));
            } else {
                refused.add(attacks.get(a));
            }
        }
        return new Lessons(taught, note(refused, attempts));
    }

    private static Attempt attempt(AuditAttack attack, Part part, long seed) {
        try {
            return new Attempt(Optional.of(attack.learn(part.reference(), seed)), "");
        } catch (NetworkTrainingUnavailableException e) {
            return new Attempt(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> note(List<AuditAttack> refused, List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.learnt().isEmpty())
                .findFirst()
                .map(attempt -> refused.stream().map(AuditAttack::name).collect(Collectors.joining(", "))
                        + (refused.size() == 1 ? " is" : " are") + " left out: " + attempt.refusal());
    }
}
