// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's parsers, set to take what events may look like and nothing else. One parser is fed event after event, so that
 * none leaves garbage behind; whatever is wrong with an event, the next has a new one. Not thread-safe.
 */
final class EventJson {
    /** A parser remembers every name it has read, and names are the sender's choice. */
    private static final int MOST_BYTES = 256 << 10;

    private static final JsonFactory JSON = JsonFactory.builder()
            // "NaN" is not JSON, but a serving stack that prints it deserves the right reason.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names are the sender's choice, and those interned stay in a table of the whole JVM.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(400)
                    .maxNameLength(EventParser.MAX_TEXT)
                    .build())
            .build();

    /** The same, but that {@link UniqueNames} looks for names given twice. */
    private static final JsonFactory FED =
            JSON.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private @Nullable UniqueNames fed;
    private long fedBytes;

    /** What is done with a parser. */
    interface Reading {
        void read(JsonParser parser) throws IOException;
    }

    /** A parser of one JSON text in whatever encoding JSON may have. */
    static JsonParser parser(byte[] json) throws IOException {
        return JSON.createParser(json);
    }

    /**
     * Has one JSON text read.
     *
     * @param reading reads one value
     * @return whether nothing but white space follows what was read
     * @throws IOException if that is no JSON
     */
    boolean read(byte[] json, Reading reading) throws IOException {
        int length = withoutSpace(json);
        if (!isPlainObject(json, length)) {
            try (JsonParser parser = parser(json)) {
                reading.read(parser);
                return parser.nextToken() == null;
            }
        }
        UniqueNames parser = parserFor(length);
        boolean whole = false;
        try {
            parser.feed(json, length);
            reading.read(parser);
            whole = parser.hasReadAll();
        } finally {
            // One that is left somewhere within an event is of no use for the next.
            fed = whole ? parser : null;
            if (!whole) {
                parser.close();
            }
        }
        return whole;
    }

    private UniqueNames parserFor(int length) throws IOException {
        UniqueNames known = fed;
        fedBytes += length;
        if (known != null && fedBytes <= MOST_BYTES) {
            return known;
        }
        if (known != null) {
            known.close(); // Hands its names on.
        }
        fedBytes = length;
        return new UniqueNames(FED.createNonBlockingByteArrayParser());
    }

    /** An object in UTF-8 without a mark of it in front; nearly every event is. */
    private static boolean isPlainObject(byte[] json, int length) {
        return length > 1 && json[0] == '{' && json[1] != 0;
    }

    private static int withoutSpace(byte[] json) {
        int length = json.length;
        while (length > 0 && isSpace(json[length - 1])) {
            length--;
        }
        return length;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
