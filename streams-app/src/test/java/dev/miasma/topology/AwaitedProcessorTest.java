// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.alert.CommitPace;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitedProcessorTest {
    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final Inner inner = new Inner();
    private final AwaitedProcessor<String, String, String, String> processor =
            new AwaitedProcessor<>(inner, new CommitPace(100, 1_000));

    private static final class Inner implements Processor<String, String, String, String> {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void init(ProcessorContext<String, String> ignored) {
            calls.add("init");
        }

        @Override
        public void process(Record<String, String> record) {
            calls.add(record.value());
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @BeforeEach
    void init() {
        processor.init(context);
    }

    private void query(String value, long nowMillis, long queryMillis) {
        context.setCurrentSystemTimeMs(nowMillis);
        processor.process(new Record<>("client", value, queryMillis));
    }

    private List<CapturedPunctuator> due() {
        return context.scheduledPunctuators().stream()
                .filter(one -> !one.cancelled())
                .toList();
    }

    @Test
    void the_other_one_does_the_work() {
        query("a", 5_000, 5_000);
        processor.close();

        assertThat(inner.calls).containsExactly("init", "a", "close");
    }

    @Test
    void queries_of_now_are_committed_at_the_pace() {
        query("a", 5_000, 5_000);
        assertThat(context.committed()).isTrue();
        context.resetCommit();

        query("b", 5_040, 5_040);
        query("c", 5_080, 5_080);

        assertThat(context.committed()).isFalse();
        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.getInterval()).hasMillis(60));
        processor.close();
        assertThat(due()).isEmpty();
    }

    @Test
    void those_of_a_backlog_wait_for_the_commit_interval() {
        query("a", 60_000, 1_000);

        assertThat(context.committed()).isFalse();
        assertThat(due()).isEmpty();
    }
}
