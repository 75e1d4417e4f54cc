// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.simulate.TrafficPublisher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;

/** Benign clients and probers that go on asking {@link TrainedTarget} in the background until they are stopped. */
final class AskingClients {
    private static final int PER_SECOND = 500;

    private final Thread thread;

    AskingClients(TrainedTarget target, String bootstrapServers, String topic) {
        thread = Thread.ofPlatform().daemon().name("clients").start(() -> ask(target, bootstrapServers, topic));
    }

    private static void ask(TrainedTarget target, String bootstrapServers, String topic) {
        try (TrafficPublisher publisher = target.publisher(bootstrapServers, topic)) {
            publisher.publish(target.traffic(1, 60, 4, 0.2), Long.MAX_VALUE, PER_SECOND, Long.MAX_VALUE);
        } catch (InterruptException e) {
            // That is how they are told to stop.
            Thread.currentThread().interrupt();
        }
    }

    /** Events of one client that asks about nothing but members. */
    static List<String> probesOf(String client, TrainedTarget target) {
        return Stream.of(target.population().members())
                .limit(400)
                .map(record -> Sender.event(client, Arrays.toString(record), Arrays.toString(target.answer(record))))
                .toList();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
