// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
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
}
