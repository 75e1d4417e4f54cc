// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts that come again and again, so that each is made once: endpoints, versions, clients. Not thread-safe. */
final class Texts {
    /** A hundred kilobytes or so in each partition's decoder. */
    static final int SLOTS = 1024;

    /** Longer ones are made each time. */
    static final int LONGEST = 64;

    private final @Nullable String[] kept = new @Nullable String[SLOTS];

    /** The parser's current text, which UTF-8 can hold ({@link WellFormed}). */
    String of(JsonParser parser) throws IOException {
        char[] characters = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (length > LONGEST) {
            return WellFormed.of(parser.getText());
        }
        int slot = slot(hash(characters, from, length));
        String known = kept[slot];
        if (known != null && isSame(known, characters, from, length)) {
            return known;
        }
        String text = WellFormed.of(new String(characters, from, length));
        kept[slot] = text;
        return text;
    }

    /** The slot of {@value #SLOTS} for a hash. */
    static int slot(int hash) {
        return (hash * 0x9e3779b9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    }

    private static int hash(char[] characters, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + characters[i];
        }
        return hash;
    }

    private static boolean isSame(String text, char[] characters, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[from + i]) {
                return false;
            }
        }
        return true;
    }
}
