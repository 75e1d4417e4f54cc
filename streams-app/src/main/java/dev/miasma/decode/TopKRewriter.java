// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the top k of an event again with other probabilities, labels and probabilities and nothing else.
 *
 * <p>A class that a defence leaves among the rest must not be told from the unlisted ones by being listed, so it is left
 * out. Equal probabilities are listed by label: their old order would tell their old ranks.
 */
final class TopKRewriter {

    /** A listed class: its label as it stands in the JSON, "" for none, and its new probability. */
    private record Entry(String label, double p) {
        String json() {
            return "{" + (label.isEmpty() ? "" : "\"label\":" + label + ",") + "\"p\":" + p + "}";
        }
    }

    /**
     * The new list; leaves the parser at the end of the old one, at whose start it stands.
     *
     * @param posterior new probabilities, those of the listed classes first and in their order
     * @param classes listed classes and those that were added to fill up the rest
     */
    String rewritten(JsonParser parser, byte[] event, double[] posterior, int classes) throws IOException {
        List<Entry> listed = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            listed.add(new Entry(label(parser, event), posterior[listed.size()]));
        }
        double least = classes > listed.size() ? least(posterior, classes) : Double.NEGATIVE_INFINITY;
        Entry predicted =
                listed.stream().max(Comparator.comparingDouble(Entry::p)).orElseThrow();
        return listed.stream()
                .filter(entry -> entry.p() > least || entry.equals(predicted))
                .sorted(Comparator.comparingDouble(Entry::p).reversed().thenComparing(Entry::label))
                .map(Entry::json)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String label(JsonParser parser, byte[] event) throws IOException {
        String label = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = parser.currentName().equals("label");
            parser.nextToken();
            if (named) {
                int from = EventRewriter.offset(parser.currentTokenLocation());
                label = new String(event, from, EventRewriter.end(parser) - from, StandardCharsets.UTF_8);
            } else {
                parser.skipChildren();
            }
        }
        return label;
    }

    private static double least(double[] posterior, int classes) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            least = Math.min(least, posterior[i]);
        }
        return least;
    }
}
