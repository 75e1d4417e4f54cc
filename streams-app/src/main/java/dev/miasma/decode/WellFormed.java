// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/**
 * Texts that UTF-8 can hold. JSON's escapes can spell half of a surrogate pair, which no encoder takes: an alert with one
 * could not be written, and two clients with different ones would be one.
 */
final class WellFormed {
    /** Private characters take the places of the 2,048 halves. */
    private static final int REPLACEMENTS = 0x10f000;

    private WellFormed() {}

    /** The text, each half of a pair that stands alone replaced by a private character of its own. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? REPLACEMENTS + c - Character.MIN_SURROGATE
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
