// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of one broker: its data and the configuration it was formatted with. */
final class BrokerFolder {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFolder.class);
    private static final AtomicInteger NEXT_NODE_ID = new AtomicInteger(1);
    private static final int DELETION_TRIES = 20;

    private final Path root;
    private final boolean temporary;

    private BrokerFolder(Path root, boolean temporary) {
        this.root = root;
        this.temporary = temporary;
    }

    static BrokerFolder temporary() {
        try {
            return new BrokerFolder(Files.createTempDirectory("miasma-kafka-"), true);
        } catch (IOException e) {
            throw new EmbeddedKafkaException("cannot make a temporary folder for the embedded Kafka broker", e);
        }
    }

    static BrokerFolder at(Path root) {
        try {
            return new BrokerFolder(Files.createDirectories(root), false);
        } catch (IOException e) {
            throw new EmbeddedKafkaException("cannot make the folder of the embedded Kafka broker: " + root, e);
        }
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    /** The node id the data was written under, or a new one: brokers of one JVM share its metrics, so ids differ. */
    int nodeId() {
        if (!isFormatted()) {
            return NEXT_NODE_ID.getAndIncrement();
        }
        Properties written = new Properties();
        try (var reader = Files.newBufferedReader(identity())) {
            written.load(reader);
            return Integer.parseInt(written.getProperty("node.id"));
        } catch (IOException | NumberFormatException e) {
            throw new EmbeddedKafkaException("cannot read the broker's identity from " + identity(), e);
        }
    }

    /** Writes the first metadata of a new broker; does nothing on data of an earlier run. */
    void format(Properties configuration) {
        if (isFormatted()) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            String[] arguments = {
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                write(configuration).toString()
            };
            if (StorageTool.execute(arguments, out) != 0) {
                throw new EmbeddedKafkaException(
                        "Kafka refused to format " + data() + ": " + said.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new EmbeddedKafkaException("cannot write to the folder of the embedded Kafka broker: " + root, e);
        }
    }

    /**
     * Deletes a temporary folder with all that is in it; leaves any other alone. A broker that is still going down may
     * write meanwhile, so it is tried again until nothing is left. What cannot be deleted is logged.
     */
    void discard() {
        if (!temporary) {
            return;
        }
        for (int i = 1; i <= DELETION_TRIES; i++) {
            try {
                deleteOnce();
                return;
            } catch (IOException e) {
                if (i == DELETION_TRIES) {
                    LOG.warn("cannot delete the embedded Kafka broker's folder {}: {}", root, e.toString());
                }
            }
        }
    }

    private boolean isFormatted() {
        return Files.exists(identity());
    }

    private Path identity() {
        return data().resolve("meta.properties");
    }

    private Path write(Properties configuration) throws IOException {
        Path file = root.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            configuration.store(writer, null);
        }
        return file;
    }

    private void deleteOnce() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // The broker deleted it first.
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
