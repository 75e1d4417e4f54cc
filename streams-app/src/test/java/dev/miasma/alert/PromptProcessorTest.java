// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it asks Kafka Streams for; that it gets it is {@code PromptAlertsIT}'s. */
class PromptProcessorTest {
    private static final int PACE_MILLIS = 100;

    private final CommitPace pace = new CommitPace(PACE_MILLIS, 1_000);

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final PromptProcessor<byte[]> processor = new PromptProcessor<>(pace) {
        @Override
        public void process(Record<String, byte[]> record) {
            sendPromptly(record, null);
        }
    };

    @BeforeEach
    void init() {
        context.setCurrentSystemTimeMs(1_000);
        processor.init(context);
    }

    private void alert(long atMillis) {
        context.setCurrentSystemTimeMs(atMillis);
        processor.process(new Record<>("client", new byte[1], atMillis));
    }

    private List<CapturedPunctuator> due() {
        return context.scheduledPunctuators().stream()
                .filter(one -> !one.cancelled())
                .toList();
    }

    private void itIsTime(long atMillis) {
        context.setCurrentSystemTimeMs(atMillis);
        due().getFirst().getPunctuator().punctuate(atMillis);
    }

    @Test
    void an_alert_after_a_pause_ends_its_transaction_at_once() {
        alert(1_000);

        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.committed()).isTrue();
        assertThat(due()).isEmpty();
    }

    @Test
    void those_of_a_storm_wait_for_one_commit_together() {
        alert(1_000);
        context.resetCommit();

        alert(1_030);
        alert(1_060);

        assertThat(context.committed()).isFalse();
        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.getInterval()).hasMillis(PACE_MILLIS - 30));
        itIsTime(1_100);
        assertThat(context.committed()).isTrue();
        assertThat(due()).isEmpty();
        assertThat(context.forwarded()).hasSize(3);
    }

    @Test
    void none_is_due_any_more_once_another_task_of_the_thread_had_one_since_the_alert() {
        alert(1_000);
        context.resetCommit();
        alert(1_030);
        pace.ends(1_100); // The other task's, which commits all.

        itIsTime(1_102);

        assertThat(context.committed()).isFalse();
        assertThat(due()).isEmpty();
        alert(1_150);
        itIsTime(1_200);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void what_came_after_another_tasks_commit_still_has_its_own_at_the_threads_pace() {
        alert(1_000);
        alert(1_030);
        pace.ends(1_050);
        alert(1_060);
        context.resetCommit();

        itIsTime(1_100);

        assertThat(context.committed()).isFalse();
        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.getInterval()).hasMillis(50));
        itIsTime(1_150);
        assertThat(context.committed()).isTrue();
        assertThat(due()).isEmpty();
    }

    @Test
    void an_alert_about_an_old_query_does_not_make_a_new_one_late_that_waits_already() {
        alert(61_000);
        alert(61_030);
        pace.ends(61_050);
        context.setCurrentSystemTimeMs(61_060);
        processor.process(new Record<>("client", new byte[1], 1_000));

        itIsTime(61_100);

        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.getInterval()).hasMillis(50));
    }

    @Test
    void an_alert_of_the_same_millisecond_as_another_tasks_commit_has_its_own() {
        alert(1_000);
        pace.ends(1_030);
        context.resetCommit();
        alert(1_030);

        itIsTime(1_130);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void after_the_commit_that_was_due_the_pace_starts_anew() {
        alert(1_000);
        alert(1_030);
        itIsTime(1_100);
        context.resetCommit();

        alert(1_150);

        assertThat(context.committed()).isFalse();
        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.getInterval()).hasMillis(50));
    }

    @Test
    void an_alert_that_is_very_late_anyway_waits_for_the_commit_interval() {
        context.setCurrentSystemTimeMs(60_000);
        processor.process(new Record<>("client", new byte[1], 1_000));

        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.committed()).isFalse();
        assertThat(due()).isEmpty();
    }

    @Test
    void a_task_that_is_closed_and_starts_again_is_not_called_for_what_was_due_before() {
        alert(1_000);
        alert(1_030);
        context.resetCommit();

        processor.close();
        processor.init(context);

        assertThat(due()).isEmpty();
        alert(1_200);
        assertThat(context.committed()).isTrue();
    }
}
