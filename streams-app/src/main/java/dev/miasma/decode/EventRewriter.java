// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes an event again with another answer, for readers who must not see the model's own.
 *
 * <p>A posterior is replaced; logits are replaced by a posterior, since they would give it away; of the top k see
 * {@link TopKRewriter}. Every other field of an event stays as it stands, byte for byte. Fields that events don't have
 * may hold the answer once more, under whatever name the serving stack gives it, so of those only the ones stay that hold
 * neither a number with a fraction nor a list with a number, however deep.
 *
 * <p>Not thread-safe.
 */
public final class EventRewriter {
    private static final Set<String> NOT_OF_THE_ANSWER = Set.of(
            "id",
            "endpoint",
            "version",
            "client",
            "cohort",
            "time",
            "label",
            "features",
            "fingerprint",
            "locality",
            "sampledRate");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TopKRewriter topK = new TopKRewriter();

    /** Whether the next field is the first of its object. */
    private boolean first;

    /** What takes the place of the answers of a batch event, row by row, so that one buffer does for all. */
    public interface RowPosteriors {
        /**
         * Makes the next one ready.
         *
         * @param place index of the row, from 0
         * @return its classes; 0 where the row has a label only
         */
        int makeReady(int place);

        /** The one that was made ready last, in its first entries. */
        double[] posterior();
    }

    /** Made for events, which {@link EventDecoder} has found valid. */
    public EventRewriter() {}

    /**
     * Rewrites one event.
     *
     * @param event bytes of a valid event, in UTF-8
     * @param posterior what takes the answer's place, in its first {@code classes} entries, in the order of
     *     {@link Prediction#posterior}
     * @param classes its classes; 0 where the event has a label only
     * @return the bytes to pass on; {@code event} itself where nothing had to be changed
     * @throws IllegalArgumentException if the event cannot be rewritten: nothing of it may be passed on
     */
    public byte[] rewrite(byte[] event, double[] posterior, int classes) {
        return rewritten(event, parser -> field(parser, event, posterior, classes));
    }

    /**
     * Rewrites one batch event, whose rows are all valid.
     *
     * @param event bytes of the event, in UTF-8
     * @param posteriors what takes the place of the answers, each as above; asked in order
     * @return the bytes to pass on; {@code event} itself where nothing had to be changed
     * @throws IllegalArgumentException if the event cannot be rewritten: nothing of it may be passed on
     */
    public byte[] rewrite(byte[] event, RowPosteriors posteriors) {
        return rewritten(
                event,
                parser -> "rows".equals(parser.currentName())
                        ? rows(parser, event, posteriors)
                        : field(parser, event, new double[0], 0));
    }

    /** Writes the field whose name the parser stands at, or leaves it out; tells whether that changed anything. */
    private interface FieldWriter {
        boolean write(JsonParser parser) throws IOException;
    }

    private byte[] rewritten(byte[] event, FieldWriter writer) {
        out.reset();
        boolean changed;
        try (JsonParser parser = EventJson.parser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the event is not a JSON object");
            }
            changed = object(parser, writer);
        } catch (IOException e) {
            // Jackson's own message quotes the input, which is personal data.
            throw new IllegalArgumentException("the event is not JSON that can be read");
        }
        return changed ? out.toByteArray() : event;
    }

    private boolean object(JsonParser parser, FieldWriter writer) throws IOException {
        boolean changed = false;
        out.write('{');
        first = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            changed |= writer.write(parser);
        }
        out.write('}');
        first = false;
        return changed;
    }

    private boolean rows(JsonParser parser, byte[] event, RowPosteriors posteriors) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("rows is not an array");
        }
        separate();
        text("\"rows\":[");
        boolean changed = false;
        for (int i = 0; parser.nextToken() == JsonToken.START_OBJECT; i++) {
            text(i == 0 ? "" : ",");
            int classes = posteriors.makeReady(i);
            double[] posterior = posteriors.posterior();
            changed |= object(parser, row -> field(row, event, posterior, classes));
        }
        out.write(']');
        return changed;
    }

    /** Writes one field, or leaves it out; tells whether that changed anything. */
    private boolean field(JsonParser parser, byte[] event, double[] posterior, int classes) throws IOException {
        int from = offset(parser.currentTokenLocation());
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        boolean given = token != JsonToken.VALUE_NULL;
        if (given && (name.equals("posterior") || name.equals("logits"))) {
            parser.skipChildren();
            separate();
            text("\"posterior\":[");
            for (int i = 0; i < classes; i++) {
                text(i == 0 ? "" : ",");
                text(Double.toString(posterior[i]));
            }
            out.write(']');
            return true;
        }
        if (given && name.equals("topk")) {
            separate();
            text("\"topk\":" + topK.rewritten(parser, event, posterior, classes));
            return true;
        }
        if (NOT_OF_THE_ANSWER.contains(name)) {
            parser.skipChildren();
        } else if (mayHoldAnAnswer(parser)) {
            return true;
        }
        separate();
        out.write(event, from, end(parser) - from);
        return false;
    }

    private static boolean mayHoldAnAnswer(JsonParser parser) throws IOException {
        boolean may = false;
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            boolean listed = depth > 0 && parser.getParsingContext().inArray();
            may |= token == JsonToken.VALUE_NUMBER_FLOAT || (token == JsonToken.VALUE_NUMBER_INT && listed);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return may;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new IllegalArgumentException("the event ends within a field");
            }
        }
    }

    private void separate() {
        if (!first) {
            out.write(',');
        }
        first = false;
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the current value ends; a text is read lazily, so it has to be read first. */
    static int end(JsonParser parser) throws IOException {
        parser.finishToken();
        return offset(parser.currentLocation());
    }

    /** Only UTF-8 is read byte by byte; in another encoding the places of fields are not known. */
    static int offset(JsonLocation location) {
        long offset = location.getByteOffset();
        if (offset < 0) {
            throw new IllegalArgumentException("the event is not in UTF-8");
        }
        return Math.toIntExact(offset);
    }
}
