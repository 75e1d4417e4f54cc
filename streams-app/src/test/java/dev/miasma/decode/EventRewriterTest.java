// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRewriterTest {
    private static final double[] NEW = {0.5, 0.25, 0.25, 99};

    private final EventRewriter rewriter = new EventRewriter();

    private String rewritten(String event, int classes) {
        return new String(
                rewriter.rewrite(event.getBytes(StandardCharsets.UTF_8), NEW, classes), StandardCharsets.UTF_8);
    }

    @Test
    void replaces_the_posterior_and_leaves_every_other_field_as_it_stands() {
        String event = "{\"id\": \"q-\\u00e4-ü\", \"endpoint\":\"a\",\"client\": 12 ,\"time\":1e3,"
                + "\"features\":{\"x\":[1.50,-0,{\"y\":null}]},\"posterior\": [ 0.7, 0.2 , 0.1 ],\"label\":2,"
                + "\"cohort\":null,\"sampledRate\":3,\"fingerprint\":\"f\",\"locality\":[1,2,3,4]}";

        assertThat(rewritten(event, 3))
                .isEqualTo("{\"id\": \"q-\\u00e4-ü\",\"endpoint\":\"a\",\"client\": 12,\"time\":1e3,"
                        + "\"features\":{\"x\":[1.50,-0,{\"y\":null}]},\"posterior\":[0.5,0.25,0.25],\"label\":2,"
                        + "\"cohort\":null,\"sampledRate\":3,\"fingerprint\":\"f\",\"locality\":[1,2,3,4]}");
    }

    @Test
    void puts_a_posterior_in_the_place_of_logits() {
        assertThat(rewritten("{\"endpoint\":\"a\",\"logits\":[9.1,0.2,-1],\"client\":\"b\"}", 3))
                .isEqualTo("{\"endpoint\":\"a\",\"posterior\":[0.5,0.25,0.25],\"client\":\"b\"}");
    }

    @Test
    void lists_of_the_top_k_only_what_still_stands_out_by_its_new_probability_and_without_other_fields() {
        String event =
                "{\"topk\":[{\"label\":\"z\",\"p\":0.8,\"logit\":3.2},{\"p\":0.1,\"label\":7}],\"client\":\"b\"}";

        assertThat(rewritten(event, 3)).isEqualTo("{\"topk\":[{\"label\":\"z\",\"p\":0.5}],\"client\":\"b\"}");
    }

    @Test
    void lists_equal_probabilities_of_a_whole_top_k_by_label_since_their_order_would_tell_their_ranks() {
        String event =
                "{\"topk\":[{\"label\":\"z\",\"p\":0.8},{\"label\":\"y\",\"p\":0.15},{\"label\":\"b\",\"p\":0.05}]}";

        assertThat(rewritten(event, 3))
                .isEqualTo("{\"topk\":[{\"label\":\"z\",\"p\":0.5},{\"label\":\"b\",\"p\":0.25},"
                        + "{\"label\":\"y\",\"p\":0.25}]}");
    }

    @Test
    void a_label_alone_stays_the_very_same_bytes() {
        byte[] event = "{ \"label\" : \"cat\", \"client\":\"b\" }".getBytes(StandardCharsets.UTF_8);

        assertThat(rewriter.rewrite(event, NEW, 0)).isSameAs(event);
    }

    @Test
    void replaces_the_answer_of_every_row_and_leaves_out_what_may_hold_it_wherever_it_stands() {
        String event =
                "{\"client\":\"b\",\"scores\":[0.9], \"rows\" : [ {\"id\": \"x\",\"posterior\":[0.7,0.3],\"p\":0.7},"
                        + "{\"label\":1,\"more\":{}} ,{\"max\":0.9,\"logits\":[3,1],\"features\":[0.5]},"
                        + "{\"topk\":[{\"label\":\"z\",\"p\":0.8}],\"fingerprint\":7},{\"raw\":[1],\"label\":2}],\"n\":0.5,\"endpoint\":\"a\"}";
        double[][] posteriors = {{0.5, 0.5}, {}, {0.25, 0.75}, {0.875, 0.125}, {}};

        byte[] rewritten =
                rewriter.rewrite(event.getBytes(StandardCharsets.UTF_8), Events.posteriors(i -> posteriors[i]));

        assertThat(new String(rewritten, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"client\":\"b\",\"rows\":[{\"id\": \"x\",\"posterior\":[0.5,0.5]},"
                                + "{\"label\":1,\"more\":{}},{\"posterior\":[0.25,0.75],\"features\":[0.5]},"
                                + "{\"topk\":[{\"label\":\"z\",\"p\":0.875}],\"fingerprint\":7},{\"label\":2}],\"endpoint\":\"a\"}");
    }

    @Test
    void rows_of_labels_alone_stay_the_very_same_bytes() {
        byte[] event = "{\"rows\": [{\"label\":1}, {\"label\" : \"cat\"}] }".getBytes(StandardCharsets.UTF_8);

        assertThat(rewriter.rewrite(event, Events.posteriors(i -> new double[0])))
                .isSameAs(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.93", "[1,0]", "{\"a\":[[],[3]]}", "[\"cat\",{\"p\":1e-3}]", "1E2"})
    void leaves_out_unknown_fields_that_may_hold_the_answer_once_more(String value) {
        assertThat(rewritten("{\"scores\":" + value + ",\"label\":1}", 0)).isEqualTo("{\"label\":1}");
        assertThat(rewritten("{\"label\":1,\"scores\":" + value + "}", 0)).isEqualTo("{\"label\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"12", "\"eu-west\"", "true", "null", "{\"region\":\"eu\",\"pod\":3}", "[\"a\",\"b\"]", "[]", "{}"})
    void keeps_unknown_fields_that_cannot_hold_it(String value) {
        String event = "{\"more\":" + value + ",\"posterior\":[1],\"last\":" + value + "}";

        assertThat(rewritten(event, 1))
                .isEqualTo("{\"more\":" + value + ",\"posterior\":[0.5],\"last\":" + value + "}");
    }

    @Test
    void finds_its_way_behind_a_byte_order_mark() {
        assertThat(rewritten("\ufeff{\"client\":\"b\",\"posterior\":[1]}", 1))
                .isEqualTo("{\"client\":\"b\",\"posterior\":[0.5]}");
    }

    @Test
    void refuses_an_event_whose_fields_it_cannot_place() {
        byte[] event = "{\"posterior\":[1]}".getBytes(StandardCharsets.UTF_16BE);

        assertThatThrownBy(() -> rewriter.rewrite(event, NEW, 1)).hasMessage("the event is not in UTF-8");
    }
}
