// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parser that is fed whole objects, and takes none that has a name twice: which of the two counts, readers disagree on.
 * Jackson's own detection makes a set of names for each object. Not thread-safe.
 */
final class UniqueNames extends JsonParserDelegate {
    /** Names that are looked through one by one; with more, an object has a set of them. */
    private static final int FEW = 32;

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final ByteArrayFeeder feeder;

    /** Names of the objects that the parser is within, those of the innermost last. */
    private String[] names = new String[2 * FEW];

    private int count;

    /** By depth of objects: where the names of each begin, and the set of those that have many. */
    private int[] from = new int[16];

    private final List<@Nullable Set<String>> sets = new ArrayList<>();

    /** @param parser that is to be fed */
    UniqueNames(JsonParser parser) {
        super(parser);
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    /**
     * Gives it the next object to read, once it has read the one before.
     *
     * @param json with the object in its first {@code length} bytes
     */
    void feed(byte[] json, int length) throws IOException {
        feeder.feedInput(json, 0, length);
    }

    /** Whether nothing is left of what it was fed. */
    boolean hasReadAll() throws IOException {
        return delegate.releaseBuffered(NOWHERE) == 0;
    }

    /** The next token; where the parser asks for more to be fed, the JSON ends too early. */
    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = delegate.nextToken();
        switch (token) {
            case START_OBJECT -> enter();
            case END_OBJECT -> leave();
            case FIELD_NAME -> add(delegate.currentName());
            case NOT_AVAILABLE -> throw new JsonEOFException(delegate, token, "the JSON ends too early");
            default -> {}
        }
        return token;
    }

    /** Names are looked at in what is skipped as well. */
    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken token = delegate.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            int outside = delegate.getParsingContext().getNestingDepth() - 1;
            while (delegate.getParsingContext().getNestingDepth() > outside) {
                nextToken();
            }
        }
        return this;
    }

    private void enter() {
        int depth = sets.size();
        if (depth == from.length) {
            from = Arrays.copyOf(from, 2 * depth);
        }
        from[depth] = count;
        sets.add(null);
    }

    private void leave() {
        sets.removeLast();
        count = from[sets.size()];
    }

    private void add(String name) throws JsonParseException {
        Set<String> set = sets.getLast();
        boolean isNew = set == null ? isNewAmongFew(name) : set.add(name);
        if (!isNew) {
            throw new JsonParseException(delegate, "a name twice");
        }
    }

    private boolean isNewAmongFew(String name) {
        int first = from[sets.size() - 1];
        for (int i = first; i < count; i++) {
            if (names[i].equals(name)) {
                return false;
            }
        }
        if (count - first == FEW) {
            Set<String> set = new HashSet<>(Arrays.asList(names).subList(first, count));
            set.add(name);
            sets.set(sets.size() - 1, set);
            return true;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
        }
        names[count++] = name;
        return true;
    }
}
