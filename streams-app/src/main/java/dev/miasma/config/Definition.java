// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The definition of every key: type, default, bound and documentation together. */
final class Definition {
    private static final long DAY_MS = 24L * 60 * 60 * 1000;

    private Definition() {}

    static ConfigDef of() {
        ConfigDef def = new ConfigDef();
        defineCluster(def);
        defineState(def);
        defineInput(def);
        FeatureDefinition.define(def);
        defineIdentity(def);
        defineScoring(def);
        DefenceDefinition.whatIf(def);
        DetectDefinition.budget(def);
        DetectDefinition.sensors(def);
        DetectDefinition.exemptions(def);
        OutputDefinition.outputs(def);
        DefenceDefinition.sanitised(def);
        OutputDefinition.topics(def);
        defineHttp(def);
        HttpDefinition.define(def);
        return def;
    }

    private static void defineCluster(ConfigDef def) {
        def.define(
                        ConfigKey.BOOTSTRAP_SERVERS,
                        ConfigDef.Type.LIST,
                        "localhost:9092",
                        new Bounds.SomeNames(),
                        HIGH,
                        "Kafka brokers to start from, host:port, comma-separated.")
                .define(
                        ConfigKey.APPLICATION_ID,
                        ConfigDef.Type.STRING,
                        "miasma",
                        new Bounds.NonBlank(),
                        HIGH,
                        "Name of the application: consumer group, prefix of internal topics and of transactional ids. "
                                + "Instances with the same id share the work.")
                .define(
                        ConfigKey.INSTANCE_ID,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "Name of this instance, stable over restarts, for static group membership. Empty: dynamic "
                                + "membership.")
                .define(
                        ConfigKey.PROCESSING_GUARANTEE,
                        ConfigDef.Type.STRING,
                        "exactly_once_v2",
                        ValidString.in("exactly_once_v2", "at_least_once"),
                        MEDIUM,
                        "With at_least_once a crash may repeat queries: evidence is counted twice and the alert budget "
                                + "no longer holds.")
                .define(
                        ConfigKey.THREADS,
                        ConfigDef.Type.INT,
                        2,
                        Range.between(1, 256),
                        MEDIUM,
                        "Stream threads of this instance.")
                .define(
                        ConfigKey.STANDBY_REPLICAS,
                        ConfigDef.Type.INT,
                        0,
                        Range.between(0, 10),
                        MEDIUM,
                        "Warm copies of the client states on other instances; 1 keeps a fail-over short.");
    }

    private static void defineState(ConfigDef def) {
        def.define(
                        ConfigKey.STATE_DIR,
                        ConfigDef.Type.STRING,
                        "miasma-state",
                        new Bounds.NonBlank(),
                        MEDIUM,
                        "Folder for local state. It can be rebuilt from Kafka.")
                .define(
                        ConfigKey.STATE_CACHE_BYTES,
                        ConfigDef.Type.LONG,
                        64L << 20,
                        Range.atLeast(0),
                        MEDIUM,
                        "Heap for the states of clients and cohorts that were seen last, in equal parts for the "
                                + "partitions of this instance (bytes; 700 or more a client). The others are read "
                                + "from disk. 0: every query reads, writes and logs its client's state.")
                .define(
                        ConfigKey.STATE_OFF_HEAP_BYTES,
                        ConfigDef.Type.LONG,
                        128L << 20,
                        Range.atLeast(8L << 20),
                        MEDIUM,
                        "Memory outside the heap for the state on disk: blocks read, their indexes and filters, and "
                                + "what waits to be written, of all stores of this instance together (bytes).");
    }

    private static void defineInput(ConfigDef def) {
        def.define(
                        ConfigKey.INPUT_TOPICS,
                        ConfigDef.Type.LIST,
                        "predictions",
                        new Bounds.SomeNames(),
                        HIGH,
                        "Topics with prediction events, comma-separated.")
                .define(
                        ConfigKey.INPUT_KEYED_BY_CLIENT,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        HIGH,
                        "True where all records of one client are in one partition already; saves the repartition "
                                + "topic. Wrongly true: a client's evidence is split and detection is late.")
                .define(
                        ConfigKey.INPUT_CLIENT_HEADER,
                        ConfigDef.Type.STRING,
                        "miasma-client",
                        MEDIUM,
                        "Record header that names the client and overrides the event's own field; empty: no header is "
                                + "read.")
                .define(
                        ConfigKey.INPUT_MAX_BYTES,
                        ConfigDef.Type.INT,
                        1 << 20,
                        Range.between(256, 1 << 28),
                        LOW,
                        "Larger events are rejected (bytes).")
                .define(
                        ConfigKey.INPUT_MAX_ROWS,
                        ConfigDef.Type.INT,
                        InputSettings.MAX_ROWS,
                        Range.between(1, 1_000_000),
                        LOW,
                        "A batch event with more rows is rejected.")
                .define(
                        ConfigKey.INPUT_MAX_AHEAD_MS,
                        ConfigDef.Type.LONG,
                        DAY_MS,
                        Range.atLeast(0),
                        LOW,
                        "Events whose time is further ahead of this machine's clock are rejected (milliseconds).")
                .define(
                        ConfigKey.POSTERIOR_SUM_TOLERANCE,
                        ConfigDef.Type.DOUBLE,
                        1e-3,
                        new Bounds.DoubleRange(0, 0.5),
                        LOW,
                        "A posterior whose sum is further from 1 is rejected.")
                .define(
                        ConfigKey.POSTERIOR_MAX_CLASSES,
                        ConfigDef.Type.INT,
                        100_000,
                        Range.between(2, 10_000_000),
                        LOW,
                        "A posterior over more classes is rejected.");
    }

    private static void defineIdentity(ConfigDef def) {
        def.define(
                        ConfigKey.IDENTITY_KEY_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        HIGH,
                        "File with the secret, at least 16 bytes, that turns client ids into pseudonyms "
                                + "(HMAC-SHA-256). The same on all instances and over restarts.")
                .define(
                        ConfigKey.IDENTITY_KEY,
                        ConfigDef.Type.PASSWORD,
                        "",
                        HIGH,
                        "The secret itself, for an environment variable; the file goes first where both are set.")
                .define(
                        ConfigKey.IDENTITY_PSEUDONYMS,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        MEDIUM,
                        "False: client ids stay readable in state, alerts and risk events.");
    }

    private static void defineScoring(ConfigDef def) {
        def.define(
                        ConfigKey.MODELS_DIR,
                        ConfigDef.Type.STRING,
                        "models",
                        new Bounds.NonBlank(),
                        HIGH,
                        "Folder of attack-model files. An answer is scored by `ENDPOINT@VERSION.json`, "
                                + "else `ENDPOINT.json`, else `default.json`, else by the built-in universal model.")
                .define(
                        ConfigKey.MODELS_UNIVERSAL,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        HIGH,
                        "Score answers without a model file by the built-in universal model, whose calibration "
                                + "guarantees no alert budget. False: they are counted as unscorable, and the monitor "
                                + "does not start without any model file.")
                .define(
                        ConfigKey.MODELS_RELOAD_MS,
                        ConfigDef.Type.LONG,
                        10_000L,
                        Range.atLeast(100),
                        LOW,
                        "How often the folder is looked at for changed files (milliseconds).")
                .define(
                        ConfigKey.SCORE_FLAG_RATE,
                        ConfigDef.Type.DOUBLE,
                        0.01,
                        new Bounds.DoubleRange(0.0001, 0.5),
                        MEDIUM,
                        "An answer is flagged as leaky when its score reaches the calibration's cut nearest to this "
                                + "false-positive rate.");
    }

    private static void defineHttp(ConfigDef def) {
        def.define(
                        ConfigKey.HTTP_HOST,
                        ConfigDef.Type.STRING,
                        "127.0.0.1",
                        new Bounds.NonBlank(),
                        MEDIUM,
                        "Address that console, API, metrics and health are served on. Beyond loopback a bearer token is wanted.")
                .define(
                        ConfigKey.HTTP_PORT,
                        ConfigDef.Type.INT,
                        9404,
                        Range.between(0, 65535),
                        MEDIUM,
                        "Port of console, API, metrics and health; 0: any free one.")
                .define(
                        ConfigKey.HTTP_TOKEN_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "File with the bearer token that /metrics and the API ask for. The health pages ask for none.")
                .define(
                        ConfigKey.HEALTH_STALL_MS,
                        ConfigDef.Type.LONG,
                        60_000L,
                        Range.atLeast(1000),
                        LOW,
                        "Records waiting and none processed for this long: not live (milliseconds).")
                .define(
                        ConfigKey.HEALTH_REBALANCE_GRACE_MS,
                        ConfigDef.Type.LONG,
                        120_000L,
                        Range.atLeast(0),
                        LOW,
                        "A rebalance may last this long before the monitor is no longer ready (milliseconds).")
                .define(
                        ConfigKey.METRICS_MAX_ENDPOINTS,
                        ConfigDef.Type.INT,
                        50,
                        Range.between(1, 1000),
                        LOW,
                        "Pairs of endpoint and version with series of their own; all further ones share 'other'.");
    }
}
