// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A broker in a JVM of its own, so that it can be killed, and started again on its data. */
final class BrokerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final int LINES_TOLD = 40;

    private final Path folder;
    private final String clusterId;
    private final Properties properties;
    private @Nullable Process process;

    /**
     * @param folder for its data and its log
     * @param clusterId what all brokers of a cluster are formatted with
     * @param properties its whole configuration but the data folder
     */
    BrokerProcess(Path folder, String clusterId, Properties properties) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.clusterId = clusterId;
        this.properties = properties;
        properties.setProperty("log.dirs", folder.resolve("data").toString());
    }

    void start() throws IOException {
        Path file = folder.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dlog4j2.configurationFile=log4j2-broker.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        clusterId,
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    /** Ends it at once, without any of its own code; does nothing if it is down. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("a killed broker still runs after " + PATIENCE_SECONDS + " s");
            }
            process = null;
        }
    }

    /** Asks it to end, as an operator does, and waits until it has. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("a broker that was asked to end still runs after " + PATIENCE_SECONDS + " s");
            }
            process = null;
        }
    }

    /** The last lines that it printed. */
    String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("broker.log"), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Runs a broker until it is stopped or killed: the cluster's id and the file with the configuration. */
    public static void main(String[] arguments) throws Exception {
        String[] format = {"format", "-t", arguments[0], "-c", arguments[1], "--ignore-formatted"};
        if (StorageTool.execute(format, System.out) != 0) {
            throw new IllegalStateException("Kafka refused to format");
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            properties.load(reader);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        server.awaitShutdown();
    }
}
