// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import org.jspecify.annotations.Nullable;

/**
 * An attack model of the folder, or the built-in one, and what became of it.
 *
 * @param name what it is in force for: an endpoint, an endpoint and version, {@code default}, any of them with a plus and a
 *     defence, or {@code (universal)}
 * @param state what became of it
 * @param problem what is wrong with its file; null with a good one
 * @param facts of the model in force, or of the universal one that is not; null where there is none
 */
public record ModelCard(
        String name,
        State state,
        @Nullable String problem,
        @Nullable ModelFacts facts) {

    /** What can become of a model. */
    public enum State {
        /** It scores what its name says. */
        IN_FORCE("in force"),
        /** Its file cannot be used, and there was none before. */
        BROKEN("broken"),
        /** Its file cannot be used, and the one before scores on. */
        KEPT("broken, the one before in force"),
        /** The universal model, where a default stands before it. */
        IDLE("idle");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** The state in words. */
        public String words() {
            return words;
        }
    }
}
