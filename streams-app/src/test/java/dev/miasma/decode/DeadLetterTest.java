// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final Rejection REJECTION = new Rejection(RejectReason.SUM_OFF, "the sum of posterior is 2");

    @Test
    void says_what_was_wrong_and_where_but_not_what_the_event_said() {
        DeadLetter letter = DeadLetter.of(REJECTION, "predictions", 3, 42, 1000, utf8("{}"), false);

        assertThat(new String(letter.json(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"reason\":\"sum-off\",\"message\":\"the sum of posterior is 2\",\"topic\":\"predictions\","
                                + "\"partition\":3,\"offset\":42,\"recordTime\":1000,\"bytes\":2}");
    }

    @Test
    void carries_the_event_as_base64_on_request() {
        DeadLetter letter = DeadLetter.of(REJECTION, "predictions", 3, 42, 1000, new byte[] {0, (byte) 0xff}, true);

        assertThat(new String(letter.json(), StandardCharsets.UTF_8)).endsWith("\"bytes\":2,\"payload\":\"AP8=\"}");
    }

    @Test
    void a_record_without_a_value_has_no_bytes_and_no_payload() {
        DeadLetter letter = DeadLetter.of(REJECTION, "predictions", 3, 42, 1000, null, true);

        assertThat(new String(letter.json(), StandardCharsets.UTF_8)).endsWith("\"bytes\":0}");
    }
}
