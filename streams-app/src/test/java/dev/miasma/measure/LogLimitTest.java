// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogLimitTest {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLimitTest.class);

    private final List<LogEvent> events = new ArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("limited", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            events.add(event.toImmutable());
        }
    };
    private Instant now = Instant.EPOCH;
    private final LogLimit limit = new LogLimit(3, Duration.ofMinutes(1), () -> now);

    private static Logger root() {
        return (Logger) LogManager.getLogger("dev.miasma.measure");
    }

    @BeforeEach
    void listen() {
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void stop() {
        root().removeAppender(appender);
        appender.stop();
    }

    private List<String> lines() {
        return events.stream()
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }

    private static boolean isSummary(String line) {
        return line.contains("left out");
    }

    private void write(String kind, int times) {
        for (int i = 0; i < times; i++) {
            int number = i;
            limit.write(
                    LOG,
                    Level.WARN,
                    kind,
                    line -> line.addKeyValue("number", number)
                            .setMessage(kind + " {}")
                            .addArgument(number));
        }
    }

    @Test
    void lines_within_the_limit_are_written_with_their_fields_and_level() {
        write("poison", 2);

        assertThat(lines()).containsExactly("poison 0", "poison 1");
        assertThat(events.getLast().getContextData().toMap())
                .containsEntry("number", "1")
                .containsEntry("kind", "poison");
        assertThat(events.getLast().getLevel()).isEqualTo(org.apache.logging.log4j.Level.WARN);
    }

    @Test
    void a_flood_is_cut_and_the_next_span_begins_with_how_many_were_left_out() {
        write("poison", 1000);
        now = now.plusSeconds(60);
        write("poison", 1);

        assertThat(lines())
                .containsExactly(
                        "poison 0",
                        "poison 1",
                        "poison 2",
                        "997 more lines of the kind poison were left out",
                        "poison 0");
        assertThat(events.get(3).getContextData().toMap()).containsEntry("leftOut", "997");
    }

    @Test
    void a_flood_of_one_kind_hides_no_other() {
        write("poison", 1000);
        write("alert", 1);

        assertThat(lines()).endsWith("alert 0");
    }

    @Test
    void what_a_flood_that_has_ended_left_out_is_told_once_when_its_span_is_over() {
        write("poison", 5);
        limit.tell();
        assertThat(lines()).noneMatch(LogLimitTest::isSummary);
        now = now.plusSeconds(60);
        limit.tell();
        limit.tell();
        limit.close();

        assertThat(lines().stream().filter(LogLimitTest::isSummary))
                .containsExactly("2 more lines of the kind poison were left out");
    }

    @Test
    void the_end_tells_what_nobody_was_told_of() {
        write("poison", 5);

        limit.close();

        assertThat(lines()).hasSize(4).last().matches(LogLimitTest::isSummary, "a summary");
    }

    @Test
    void a_clock_that_was_put_back_silences_nothing_for_longer() {
        write("poison", 5);
        now = now.minusSeconds(3600);
        write("poison", 1);

        assertThat(lines()).endsWith("poison 0");
    }
}
