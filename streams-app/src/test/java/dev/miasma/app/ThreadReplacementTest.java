// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.NewerFormatException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {
    private final AtomicLong now = new AtomicLong();
    private final ThreadReplacement handler = new ThreadReplacement(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void a_thread_that_dies_now_and_then_is_replaced_for_ever() {
        for (int death = 0; death < 20; death++) {
            now.addAndGet(ThreadReplacement.WINDOW.toMillis() / ThreadReplacement.MOST + 1);

            assertThat(handler.handle(new IllegalStateException("died"))).isEqualTo(REPLACE_THREAD);
        }
    }

    @Test
    void an_instance_whose_threads_keep_dying_stops() {
        for (int death = 0; death < ThreadReplacement.MOST; death++) {
            assertThat(handler.handle(new IllegalStateException("died"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(handler.handle(new IllegalStateException("died"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void threads_that_wait_for_a_broker_in_vain_are_replaced_for_as_long_as_that_takes() {
        for (int death = 0; death < 20; death++) {
            var timeout = new TimeoutException("Topic alerts not present in metadata after 60000 ms.");

            assertThat(handler.handle(new StreamsException("wrapped", timeout))).isEqualTo(REPLACE_THREAD);
        }
    }

    @Test
    void an_instance_that_may_not_do_what_it_has_to_stops_at_once() {
        var refused = new TopicAuthorizationException("Not authorized to access topics: [a]");

        assertThat(handler.handle(new StreamsException("wrapped", refused))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void an_instance_that_meets_bytes_of_a_newer_release_stops_at_once() {
        var newer = NewerFormatException.of("client state of version 9", (byte) 9, (byte) 2);

        assertThat(handler.handle(new StreamsException("wrapped", newer))).isEqualTo(SHUTDOWN_CLIENT);
    }
}
