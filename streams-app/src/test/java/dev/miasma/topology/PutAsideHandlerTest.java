// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.NewerFormatException;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PutAsideHandlerTest {
    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final PutAsideHandler handler = new PutAsideHandler();

    @BeforeEach
    void configure() {
        handler.configure(
                Map.of(PutAsideHandler.MEASURES, measures, PutAsideHandler.DEAD_LETTER_TOPIC, "dead-letters"));
    }

    private Response handle(@Nullable String topic, Exception error) {
        return handler.handleError(new At(topic), new Record<>("key", "value", 5), error);
    }

    static Stream<Exception> faultsOfOurs() {
        return Stream.of(
                new NullPointerException(),
                new IllegalArgumentException("bin 9 of 3"),
                new SerializationException("state of 0 bytes"),
                new StreamsException("class of the record", new ClassCastException()));
    }

    @ParameterizedTest
    @MethodSource("faultsOfOurs")
    void a_record_that_a_stage_fails_on_is_counted_and_put_aside(Exception error) {
        Response response = handle("predictions", error);

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(letter -> {
            assertThat(letter.topic()).isEqualTo("dead-letters");
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("predictions-3-42");
            assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                    .contains("internal-error", error.getClass().getName());
        });
        assertThat(measures.failedCount()).isEqualTo(1);
    }

    static Stream<Exception> faultsOfKafka() {
        return Stream.of(
                new TimeoutException("Topic alerts not present in metadata after 60000 ms."),
                new StreamsException("cannot send", new TimeoutException("Failed to allocate memory")),
                new KafkaException("Cannot execute transactional method because we are in an error state"),
                new ProcessorStateException("cannot read from RocksDB"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfKafka")
    void a_record_that_Kafka_fails_on_is_not_lost_for_it(Exception error) {
        Response response = handle("predictions", error);

        assertThat(response.result()).isEqualTo(Result.FAIL);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
        assertThat(measures.failedCount()).isZero();
    }

    @Test
    void bytes_of_a_newer_release_stop_the_stream() {
        Response response = handle(
                "predictions", Objects.requireNonNull(NewerFormatException.of("client state", (byte) 9, (byte) 2)));

        assertThat(response.result()).isEqualTo(Result.FAIL);
    }

    @Test
    void a_call_by_the_wall_clock_that_fails_is_counted_and_has_nothing_to_put_aside() {
        Response response = handle(null, new NullPointerException());

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
        assertThat(measures.failedCount()).isEqualTo(1);
    }

    /** Where the detect stage is. */
    private record At(@Nullable String topic) implements ErrorHandlerContext {
        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 42;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "detect";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 3);
        }

        @Override
        public long timestamp() {
            return 5;
        }

        @Override
        public byte[] sourceRawKey() {
            return new byte[0];
        }

        @Override
        public byte[] sourceRawValue() {
            return new byte[] {1, 2};
        }
    }
}
