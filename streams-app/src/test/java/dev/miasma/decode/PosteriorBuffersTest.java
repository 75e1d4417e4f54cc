// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PosteriorBuffersTest {
    @Test
    void a_buffer_comes_back_when_as_many_predictions_have_come_as_are_kept() {
        PosteriorBuffers buffers = new PosteriorBuffers();
        Set<double[]> given = Collections.newSetFromMap(new IdentityHashMap<>());
        double[] first = new double[4];
        double[] buffer = first;
        for (int i = 0; i <= PosteriorBuffers.KEPT; i++) {
            given.add(buffer);
            buffer = buffers.swap(buffer);
        }

        assertThat(given).hasSize(PosteriorBuffers.KEPT + 1);
        assertThat(buffer).isSameAs(first);
    }

    @Test
    void a_very_long_one_is_not_kept() {
        PosteriorBuffers buffers = new PosteriorBuffers();
        double[] huge = new double[100_000];
        List<double[]> later = new ArrayList<>();
        double[] buffer = buffers.swap(huge);
        for (int i = 0; i < 2 * PosteriorBuffers.KEPT; i++) {
            later.add(buffer);
            buffer = buffers.swap(buffer);
        }

        assertThat(later).noneMatch(one -> one.length == huge.length);
    }

    @Test
    void a_prediction_stays_valid_while_those_that_go_on_with_it_are_decoded() {
        List<Prediction> predictions = new ArrayList<>();
        EventDecoder decoder = Events.decoder();
        for (int i = 0; i < PosteriorBuffers.KEPT; i++) {
            String event =
                    "{\"endpoint\":\"e\",\"client\":\"c\",\"posterior\":[0.%02d,%s]}".formatted(i, 1 - i / 100.0);
            predictions.add(Events.prediction(decoder, event, Events.arrival()));
        }

        for (int i = 0; i < predictions.size(); i++) {
            assertThat(predictions.get(i).posterior()[0]).isEqualTo(i / 100.0);
        }
    }
}
