// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts as weighted words, with the defaults of scikit-learn's TfidfVectorizer: words of two or more letters, digits or
 * underscores in lower case; count in the text times ln((1 + n) / (1 + texts with the word)) + 1; each text scaled to
 * Euclidean length 1.
 *
 * @param vocabulary words in the order of the features, by code point
 * @param features texts x words
 */
record TfIdf(List<String> vocabulary, SparseFeatures features) {

    /** Words and counts of one text, ids as they came up. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Counts(int[] ids, int[] counts) {}

    /**
     * Learns words and weights from texts, and weighs these.
     *
     * @param mostWords number of words kept, those in most texts first and of equals the first by code point; 0 for all
     */
    static TfIdf fit(List<String> texts, int mostWords) {
        Map<String, Integer> ids = new HashMap<>();
        List<Counts> counted = texts.stream().map(text -> count(text, ids)).toList();
        int[] textsWith = new int[ids.size()];
        counted.forEach(counts -> Arrays.stream(counts.ids()).forEach(id -> textsWith[id]++));
        List<String> vocabulary = vocabulary(ids, textsWith, mostWords);
        int[] features = new int[ids.size()];
        Arrays.fill(features, -1);
        double[] weights = new double[ids.size()];
        for (int feature = 0; feature < vocabulary.size(); feature++) {
            int id = ids.getOrDefault(vocabulary.get(feature), -1);
            features[id] = feature;
            weights[id] = Math.log((1.0 + texts.size()) / (1.0 + textsWith[id])) + 1;
        }
        int[][] indices = new int[texts.size()][];
        double[][] values = new double[texts.size()][];
        for (int i = 0; i < indices.length; i++) {
            weigh(counted.get(i), features, weights, indices, values, i);
        }
        return new TfIdf(vocabulary, new SparseFeatures(indices, values, vocabulary.size()));
    }

    /** The words of a text, in lower case, in their order. */
    static List<String> words(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || !isWordCharacter(lower.charAt(i))) {
                if (i - from >= 2) {
                    words.add(lower.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    private static Counts count(String text, Map<String, Integer> ids) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (String word : words(text)) {
            Integer id = ids.get(word);
            if (id == null) {
                id = ids.size();
                ids.put(word, id);
            }
            counts.merge(id, 1, Integer::sum);
        }
        int[] distinct = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new Counts(
                distinct,
                Arrays.stream(distinct).map(id -> counts.getOrDefault(id, 0)).toArray());
    }

    private static List<String> vocabulary(Map<String, Integer> ids, int[] textsWith, int mostWords) {
        Comparator<String> frequentFirst = Comparator.comparingInt(word -> -textsWith[ids.getOrDefault(word, 0)]);
        List<String> words = new ArrayList<>(ids.keySet());
        if (mostWords > 0 && mostWords < words.size()) {
            words.sort(frequentFirst.thenComparing(Comparator.naturalOrder()));
            words = words.subList(0, mostWords);
        }
        return words.stream().sorted().toList();
    }

    private static void weigh(
            Counts counts, int[] features, double[] weights, int[][] indices, double[][] values, int text) {
        int[] kept = IntStream.range(0, counts.ids().length)
                .filter(k -> features[counts.ids()[k]] >= 0)
                .boxed()
                .sorted(Comparator.comparingInt(k -> features[counts.ids()[k]]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weighed = Arrays.stream(kept)
                .mapToDouble(k -> counts.counts()[k] * weights[counts.ids()[k]])
                .toArray();
        double length = Math.sqrt(Arrays.stream(weighed).map(w -> w * w).sum());
        indices[text] = Arrays.stream(kept).map(k -> features[counts.ids()[k]]).toArray();
        values[text] = Arrays.stream(weighed).map(w -> w / length).toArray();
    }

    /** What Python's regular expressions take as part of a word: letters, digits, all other numbers, underscore. */
    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c)
                || c == '_'
                || Character.getType(c) == Character.OTHER_NUMBER
                || Character.getType(c) == Character.LETTER_NUMBER;
    }
}
