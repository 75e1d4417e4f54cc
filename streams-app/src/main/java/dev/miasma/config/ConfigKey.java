// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/** Names of the configuration keys. {@link MiasmaConfig} holds their types, defaults, bounds and documentation. */
public final class ConfigKey {
    public static final String APPLICATION_ID = "application.id";
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String INSTANCE_ID = "instance.id";
    public static final String PROCESSING_GUARANTEE = "processing.guarantee";
    public static final String THREADS = "threads";
    public static final String STANDBY_REPLICAS = "standby.replicas";
    public static final String STATE_DIR = "state.dir";
    public static final String STATE_CACHE_BYTES = "state.cache.bytes";
    public static final String STATE_OFF_HEAP_BYTES = "state.off.heap.bytes";

    public static final String INPUT_TOPICS = "input.topics";
    public static final String INPUT_KEYED_BY_CLIENT = "input.keyed.by.client";
    public static final String INPUT_CLIENT_HEADER = "input.client.header";
    public static final String INPUT_MAX_BYTES = "input.max.bytes";
    public static final String INPUT_MAX_ROWS = "input.max.rows";
    public static final String INPUT_MAX_AHEAD_MS = "input.max.ahead.ms";
    public static final String POSTERIOR_SUM_TOLERANCE = "posterior.sum.tolerance";
    public static final String POSTERIOR_MAX_CLASSES = "posterior.max.classes";

    public static final String FEATURES_IMAGE = "features.image";
    public static final String FEATURES_QUANTILES_FILE = "features.quantiles.file";

    public static final String IDENTITY_KEY = "identity.key";
    public static final String IDENTITY_KEY_FILE = "identity.key.file";
    public static final String IDENTITY_PSEUDONYMS = "identity.pseudonyms";

    public static final String MODELS_DIR = "models.dir";
    public static final String MODELS_UNIVERSAL = "models.universal";
    public static final String MODELS_RELOAD_MS = "models.reload.ms";
    public static final String SCORE_FLAG_RATE = "score.flag.rate";
    public static final String WHATIF_DEFENCES = "whatif.defences";
    public static final String WHATIF_SAMPLE = "whatif.sample";

    public static final String DETECT_BUDGET = "detect.budget.per.million";
    public static final String DETECT_SHARE_COHORT = "detect.share.cohort";
    public static final String DETECT_SHARE_ENDPOINT = "detect.share.endpoint";
    public static final String DETECT_COOLDOWN_MS = "detect.cooldown.ms";
    public static final String DETECT_HALF_LIFE_MS = "detect.half.life.ms";
    public static final String DETECT_IDLE_TTL_MS = "detect.idle.ttl.ms";
    public static final String DETECT_FIRST_SIGHT_CAPACITY = "detect.first.sight.capacity";

    public static final String DETECT_MAX_SUBJECTS = "detect.max.subjects";
    public static final String DETECT_FLOOD_PER_MINUTE = "detect.flood.per.minute";
    public static final String EXEMPTIONS_FILE = "exemptions.file";
    public static final String EXEMPTIONS_TOPIC = "exemptions.topic";
    public static final String ALERTS_RUNBOOK_URL = "alerts.runbook.url";
    public static final String ALERTS_COMMIT_PACE_MS = "alerts.commit.pace.ms";
    public static final String WEIGHT_MEMBER_LIKENESS = "detect.weight.member.likeness";
    public static final String WEIGHT_NEIGHBOURHOOD = "detect.weight.neighbourhood";
    public static final String WEIGHT_CLIMB = "detect.weight.climb";
    public static final String WEIGHT_REPEAT = "detect.weight.repeat";
    public static final String WEIGHT_TRAINING_HIT = "detect.weight.training.hit";
    public static final String NULL_NEIGHBOURHOOD = "detect.null.neighbourhood";
    public static final String NULL_CLIMB = "detect.null.climb";
    public static final String NULL_REPEAT = "detect.null.repeat";
    public static final String NULL_TRAINING_HIT = "detect.null.training.hit";

    public static final String ALERTS_TOPIC = "alerts.topic";
    public static final String RISK_TOPIC = "risk.topic";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
    public static final String DEAD_LETTER_PAYLOAD = "dead.letter.payload";
    public static final String SANITISED_TOPIC = "output.sanitised.topic";
    public static final String SANITISED_DEFENCE = "output.sanitised.defence";
    public static final String TOPICS_CREATE = "topics.create";
    public static final String TOPICS_PARTITIONS = "topics.partitions";
    public static final String TOPICS_REPLICATION = "topics.replication";

    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String HTTP_TOKEN_FILE = "http.token.file";
    public static final String HTTP_ADVERTISED = "http.advertised";
    public static final String HTTP_CONSOLE = "http.console";
    public static final String HTTP_TLS_KEYSTORE = "http.tls.keystore";
    public static final String HTTP_TLS_PASSWORD_FILE = "http.tls.password.file";
    public static final String HEALTH_STALL_MS = "health.stall.ms";
    public static final String HEALTH_REBALANCE_GRACE_MS = "health.rebalance.grace.ms";
    public static final String METRICS_MAX_ENDPOINTS = "metrics.max.endpoints";

    /** Keys below this prefix go to the Kafka clients and Kafka Streams as they are, without it. */
    public static final String KAFKA_PREFIX = "kafka.";

    private ConfigKey() {}
}
