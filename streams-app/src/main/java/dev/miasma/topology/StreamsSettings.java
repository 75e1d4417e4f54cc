// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.OutputSettings;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** The settings Kafka Streams runs the monitor with. */
public final class StreamsSettings {
    /**
     * Time between two commits that nobody asks for; an alert ends its transaction early, and so does what somebody waits
     * for. A client's state is written once a transaction, so a longer time means fewer writes.
     */
    public static final int COMMIT_INTERVAL_MILLIS = 250;

    /** What clients have asked has kilobytes each; of Kafka's default batch they fill one with ten. */
    private static final int BATCH_BYTES = 128 << 10;

    /**
     * Time until a producer asks the broker again. A transaction that follows another at once is refused until that one's
     * markers are written, a few milliseconds; the stream thread waits for all of this. Where Kafka's producers ask for
     * partitions to be added they wait as long, and else 100 ms.
     */
    private static final int RETRY_BACKOFF_MILLIS = 20;

    /** Records of a partition that may wait; most of them have dozens of events or queries. */
    private static final int BUFFERED_RECORDS = 100;

    /** Kafka Streams' own cache is for the states of endpoints alone. */
    private static final long CACHE_BYTES = 4L << 20;

    private StreamsSettings() {}

    /**
     * Settings for a configuration. What the operator gave below {@code kafka.} goes last and wins.
     *
     * @param config of the monitor
     * @param measures told of records put aside
     */
    public static Map<String, Object> of(MiasmaConfig config, Measures measures) {
        return of(config, measures, new LogLimit(InstantSource.system()));
    }

    /** The same, with a limit to the lines of the log that is shared with others. */
    public static Map<String, Object> of(MiasmaConfig config, Measures measures, LogLimit log) {
        OutputSettings out = config.outputs();
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.string(ConfigKey.APPLICATION_ID));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.bootstrapServers()));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.string(ConfigKey.PROCESSING_GUARANTEE));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.integer(ConfigKey.THREADS));
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.integer(ConfigKey.STANDBY_REPLICAS));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.string(ConfigKey.STATE_DIR));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) out.replication());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // An upgrade finds its state only by name, so a generated name is a bug.
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, PutAsideHandler.class);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PutAsideHandler.class);
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        settings.put(PutAsideHandler.MEASURES, measures);
        settings.put(PutAsideHandler.LOG_LIMIT, log);
        settings.put(PutAsideHandler.DEAD_LETTER_TOPIC, out.deadLetterTopic());
        settings.put(PutAsideHandler.WITH_PAYLOAD, out.deadLetterPayload());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbSettings.class);
        settings.put(RocksDbSettings.MEMORY, new RocksDbMemory(config.stateOffHeapBytes()));
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_BACKOFF_MILLIS);
        // Most of what is written are hashes, which no compression makes smaller.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
        String instance = config.string(ConfigKey.INSTANCE_ID);
        if (!instance.isEmpty()) {
            settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        }
        settings.putAll(config.kafka());
        return settings;
    }

    /** Time between two commits that nobody asks for. */
    static long commitIntervalMillis(MiasmaConfig config) {
        String name = StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
        Object own = config.kafka().get(name);
        return own == null ? COMMIT_INTERVAL_MILLIS : (Long) ConfigDef.parseType(name, own, ConfigDef.Type.LONG);
    }
}
