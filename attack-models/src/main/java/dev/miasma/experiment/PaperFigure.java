// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

/**
 * A figure that a paper reports.
 *
 * @param value as printed
 * @param source paper and place
 * @param certainty how sure it is that the paper says so
 */
public record PaperFigure(String value, String source, Certainty certainty) {

    /** How sure it is that a paper says so. */
    public enum Certainty {
        /** Read in the paper or its authors' code. */
        PRIMARY("[P]", "read in the paper or its authors' code"),
        /** Read in somebody else's account of the paper. */
        SECONDARY("[S]", "read in an account of the paper, not in the paper itself"),
        /** From memory, to be confirmed. */
        RECALLED("[R]", "from memory, to be confirmed");

        private final String mark;
        private final String meaning;

        Certainty(String mark, String meaning) {
            this.mark = mark;
            this.meaning = meaning;
        }

        /** What stands behind the figure in a table. */
        public String mark() {
            return mark;
        }

        /** What the mark means. */
        public String meaning() {
            return meaning;
        }
    }
}
