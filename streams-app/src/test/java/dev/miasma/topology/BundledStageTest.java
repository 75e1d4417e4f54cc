// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two stages on bundles of words: the first says them once for each of its letters, the second says where they stand. */
class BundledStageTest {
    private final List<String> order = new ArrayList<>();

    /** Runs a function of one record to several, and tells when. */
    private final class Saying<V> implements Processor<byte[], V, byte[], String> {
        private final String name;
        private final Function<V, List<String>> function;
        private @Nullable ProcessorContext<byte[], String> context;

        Saying(String name, Function<V, List<String>> function) {
            this.name = name;
            this.function = function;
        }

        @Override
        public void init(ProcessorContext<byte[], String> processorContext) {
            context = processorContext;
        }

        @Override
        public void process(Record<byte[], V> record) {
            ProcessorContext<byte[], String> next = Objects.requireNonNull(context);
            for (String word : function.apply(record.value())) {
                order.add(name + " " + word);
                String place = name.equals("second")
                        ? " of " + next.recordMetadata().orElseThrow().offset()
                        : "";
                next.forward(new Record<>(record.key(), word + place, record.timestamp() + 1));
            }
        }
    }

    private static List<String> letters(byte[] word) {
        String text = new String(word, StandardCharsets.UTF_8);
        if (text.equals("bad")) {
            throw new IllegalStateException("as a fault in a stage would");
        }
        return IntStream.range(0, text.length()).mapToObj(i -> text + i).toList();
    }

    private static List<String> one(String word) {
        if (word.equals("odd1")) {
            throw new ClassCastException("as a class that is not foreseen would");
        }
        if (word.equals("worse1")) {
            throw new IllegalStateException("as a fault in a stage would");
        }
        return List.of(word);
    }

    /** Goes on whatever a stage fails on. */
    public static final class Resuming implements ProcessingExceptionHandler {
        private static final Set<String> FAILED = new HashSet<>();

        @Override
        public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception error) {
            FAILED.add(context.processorNodeId() + " on " + context.offset() + " "
                    + new String(context.sourceRawValue(), StandardCharsets.UTF_8));
            return Response.resume();
        }

        @Override
        public void configure(Map<String, ?> settings) {
            FAILED.clear();
        }
    }

    private List<String> run(String... words) {
        StreamsBuilder builder = new StreamsBuilder();
        var bytes = Serdes.ByteArray();
        builder.stream("in", Consumed.with(bytes, bytes))
                .process(UnbundleProcessor::new, Named.as("unbundle"))
                .process(
                        () -> BundledStage.gathering(new Saying<>("first", BundledStageTest::letters)),
                        Named.as("first"))
                .process(
                        () -> BundledStage.last(
                                new Saying<>("second", BundledStageTest::one), value -> order.add("look " + value)),
                        Named.as("second"))
                .to("out", Produced.with(bytes, Serdes.String()));
        Properties properties = new Properties();
        properties.put("processing.exception.handler", Resuming.class.getName());
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (String word : words) {
            byte[] value = word.getBytes(StandardCharsets.UTF_8);
            events.add(new ConsumerRecord<>(
                    "in",
                    0,
                    events.size() + 100L,
                    1_000L + events.size() * 10L,
                    TimestampType.CREATE_TIME,
                    1,
                    value.length,
                    new byte[1],
                    value,
                    new RecordHeaders(),
                    Optional.empty()));
        }
        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), properties)) {
            var input = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
            for (ConsumerRecord<byte[], byte[]> record : EventBundle.of(events)) {
                input.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
            }
            return driver
                    .createOutputTopic("out", new ByteArrayDeserializer(), new StringDeserializer())
                    .readRecordsToList()
                    .stream()
                    .map(record -> record.value() + " at " + record.timestamp())
                    .toList();
        }
    }

    @Test
    void one_stage_is_done_with_a_bundle_before_the_next_begins_and_places_and_times_stay() {
        List<String> out = run("ab", "c");

        assertThat(order)
                .containsExactly(
                        "first ab0",
                        "first ab1",
                        "first c0",
                        "look ab0",
                        "look ab1",
                        "look c0",
                        "second ab0",
                        "second ab1",
                        "second c0");
        assertThat(out).containsExactly("ab0 of 100 at 1002", "ab1 of 100 at 1002", "c0 of 101 at 1012");
    }

    @Test
    void a_record_by_itself_goes_through_as_well() {
        assertThat(run("ab")).hasSize(2).allMatch(word -> word.endsWith(" at 1002"));
        assertThat(order).containsExactly("first ab0", "first ab1", "look ab0", "look ab1", "second ab0", "second ab1");
    }

    @Test
    void what_a_stage_fails_on_is_put_aside_by_itself_under_its_own_place() {
        List<String> out = run("a", "bad", "worse", "c");

        assertThat(out)
                .containsExactly(
                        "a0 of 100 at 1002",
                        "worse0 of 102 at 1022",
                        "worse2 of 102 at 1022",
                        "worse3 of 102 at 1022",
                        "worse4 of 102 at 1022",
                        "c0 of 103 at 1032");
        assertThat(Resuming.FAILED).containsExactlyInAnyOrder("first on 101 bad", "second on 102 worse");
    }

    @Test
    void a_class_that_a_stage_does_not_know_takes_none_of_the_bundle_along() {
        assertThat(run("a", "odd", "c"))
                .containsExactly(
                        "a0 of 100 at 1002", "odd0 of 101 at 1012", "odd2 of 101 at 1012", "c0 of 102 at 1022");
        assertThat(Resuming.FAILED).containsExactly("second on 101 odd");
    }

    @Test
    void more_than_go_on_together_go_on_in_turns() {
        String longer = "a".repeat(RecordBundle.MOST_GATHERED + 1);

        assertThat(run(longer, "b")).hasSize(longer.length() + 1);
        assertThat(order.indexOf("look a" + longer.substring(1) + 0))
                .isEqualTo(RecordBundle.MOST_GATHERED)
                .isLessThan(order.indexOf("first b0"));
    }
}
