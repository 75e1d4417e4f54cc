// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.miasma.detect.DetectKernel;
import dev.miasma.score.ScoreKernel;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot path makes no garbage: bytes that a thread allocates, which do not depend on how fast the machine is. */
class AllocationTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UPS = 50;

    /** One allocation a run would be there in each; what the JVM itself does now and then is not. */
    private static final int RUNS = 20;

    private static final int CLIENTS = 16;
    private static final int EVENTS = 64;
    private static final int MOST_BYTES_A_PREDICTION = 300;

    private double sink;

    static Stream<Arguments> kernels() {
        return Stream.of(10, 30, 100)
                .flatMap(classes -> ScoreKernel.all(classes, 1).entrySet().stream()
                        .map(kernel -> Arguments.of(classes, kernel.getKey(), kernel.getValue())));
    }

    @ParameterizedTest(name = "{1}, {0} classes")
    @MethodSource("kernels")
    void a_score_allocates_nothing(int classes, String kind, ScoreKernel kernel) {
        long bytes = leastAllocated(() -> {}, kernel::run);

        assertThat(bytes).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void an_update_of_a_client_that_is_known_well_allocates_nothing(int features) {
        BenchQueries source = new BenchQueries(new BenchEvents(10, 1, features, 1));
        DetectKernel kernel = new DetectKernel(
                BenchQueries.config().detect(), source.models(), source.take(CLIENTS * 2 * DetectKernel.SEEN));

        long bytes = leastAllocated(kernel::prepare, kernel::run);

        assertThat(bytes).isZero();
    }

    /** What is left are the prediction, the text of its id and its locality fingerprint, however large the answer is. */
    @ParameterizedTest
    @CsvSource({"10, 0", "10, 20", "100, 0", "100, 600"})
    void decoding_an_event_allocates_the_prediction_and_nothing_else(int classes, int features) {
        BenchEvents source = new BenchEvents(classes, 1, features, 1);
        byte[][] events = Stream.generate(source::next).limit(EVENTS).toArray(byte[][]::new);
        var work = new DecodeWork();

        long bytes = leastAllocated(() -> {}, () -> {
            for (byte[] event : events) {
                work.take(event, 0);
            }
            return work.classes();
        });

        assertThat(bytes / EVENTS).isLessThan(MOST_BYTES_A_PREDICTION);
    }

    @Test
    void an_allocation_is_noticed() {
        long bytes = leastAllocated(() -> {}, () -> new double[100 + (int) sink % 2].length);

        assertThat(bytes).isGreaterThanOrEqualTo(100L * Double.BYTES);
    }

    private long leastAllocated(Runnable prepare, DoubleSupplier run) {
        long least = Long.MAX_VALUE;
        for (int i = -WARM_UPS; i < RUNS; i++) {
            prepare.run();
            long before = THREAD.getCurrentThreadAllocatedBytes();
            sink += run.getAsDouble();
            long allocated = THREAD.getCurrentThreadAllocatedBytes() - before;
            least = i < 0 ? least : Math.min(least, allocated);
        }
        return least;
    }
}
