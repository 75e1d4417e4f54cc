// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.SimulatedQuery;
import dev.miasma.simulate.TrafficPublisher;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;

/** Where the events of simulated clients go. */
interface SimulationOutput extends AutoCloseable {

    /** Sends one. */
    void send(SimulatedQuery query) throws IOException;

    /**
     * Waits until everything sent has arrived.
     *
     * @throws StartupException if Kafka did not take an event
     */
    void flush() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens the one of the settings.
     *
     * @throws StartupException if Kafka does not answer or the topic is not there
     */
    static SimulationOutput open(SimulationSettings settings) throws IOException {
        EventWriter writer = new EventWriter(settings.endpoint(), settings.version(), settings.withFeatures());
        String output = settings.output();
        if (output == null) {
            return toKafka(settings, writer);
        }
        // Standard output stays open: it is not ours.
        return output.equals("-")
                ? toStream(new BufferedOutputStream(System.out), writer, false)
                : toStream(new BufferedOutputStream(Files.newOutputStream(Path.of(output))), writer, true);
    }

    private static SimulationOutput toStream(OutputStream stream, EventWriter writer, boolean closed) {
        return new SimulationOutput() {
            @Override
            public void send(SimulatedQuery query) throws IOException {
                stream.write(writer.write(query));
                stream.write('\n');
            }

            @Override
            public void flush() throws IOException {
                stream.flush();
            }

            @Override
            public void close() throws IOException {
                if (closed) {
                    stream.close();
                } else {
                    stream.flush();
                }
            }
        };
    }

    private static SimulationOutput toKafka(SimulationSettings settings, EventWriter writer) {
        StartupChecks.requireTopic(settings.config(), settings.topic());
        TrafficPublisher publisher;
        try {
            publisher = new TrafficPublisher(producerSettings(settings.config()), settings.topic(), writer);
        } catch (KafkaException e) {
            throw new StartupException("cannot make a Kafka producer of this configuration: " + e.getMessage());
        }
        return new SimulationOutput() {
            @Override
            public void send(SimulatedQuery query) {
                publisher.send(query);
            }

            @Override
            public void flush() {
                try {
                    publisher.flush();
                } catch (IllegalStateException e) {
                    throw new StartupException(String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void close() {
                publisher.close();
            }
        };
    }

    /** What the operator gave below {@code kafka.}, as Kafka Streams would hand it to its producers. */
    private static Map<String, Object> producerSettings(MiasmaConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        config.kafka().forEach((key, value) -> {
            if (key.startsWith(StreamsConfig.PRODUCER_PREFIX)) {
                settings.put(key.substring(StreamsConfig.PRODUCER_PREFIX.length()), value);
            }
        });
        settings.put(ConfigKey.BOOTSTRAP_SERVERS, String.join(",", config.bootstrapServers()));
        return settings;
    }
}
