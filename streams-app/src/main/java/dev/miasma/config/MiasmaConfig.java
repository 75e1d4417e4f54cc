// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's configuration, parsed and checked as a whole.
 *
 * <p>{@link ConfigSources} collects the values from file, environment and command line; this class gives them types.
 * Keys below {@code kafka.} are not checked here: they go to the Kafka clients as they are.
 */
public final class MiasmaConfig {
    private final Values values;
    private final DetectionView detection;
    private final SortedMap<String, String> kafka;

    private MiasmaConfig(Values values, SortedMap<String, String> kafka) {
        this.values = values;
        this.kafka = kafka;
        detection = new DetectionView(values);
    }

    /**
     * Parses and checks.
     *
     * @param given values by key; keys below {@code kafka.} pass through
     * @throws ConfigException naming the key, the value and the bound, or, for an unknown key, the nearest known one
     */
    public static MiasmaConfig of(Map<String, String> given) {
        Map<String, String> own = new LinkedHashMap<>();
        SortedMap<String, String> kafka = new TreeMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(ConfigKey.KAFKA_PREFIX)) {
                kafka.put(key.substring(ConfigKey.KAFKA_PREFIX.length()), value);
            } else {
                own.put(key, value);
            }
        });
        var definition = Definition.of();
        given.forEach((key, value) -> {
            if (value.indexOf('\0') >= 0) {
                throw new ConfigException(key + " holds a NUL character: none is allowed");
            }
        });
        for (String key : own.keySet()) {
            if (!definition.names().contains(key)) {
                throw new ConfigException("unknown configuration key '" + key + "': did you mean '"
                        + NearestName.of(key, definition.names()) + "'?");
            }
        }
        try {
            Values values = new Values(definition.parse(own));
            Consistency.check(values);
            return new MiasmaConfig(values, kafka);
        } catch (org.apache.kafka.common.config.ConfigException e) {
            throw new ConfigException(Objects.requireNonNullElse(e.getMessage(), "invalid configuration"));
        }
    }

    /**
     * What the decode stage accepts.
     *
     * @throws ConfigException if the file of feature quantiles cannot be used
     */
    public InputSettings input() {
        return new InputSettings(
                values.list(ConfigKey.INPUT_TOPICS),
                values.flag(ConfigKey.INPUT_KEYED_BY_CLIENT),
                values.string(ConfigKey.INPUT_CLIENT_HEADER),
                values.integer(ConfigKey.INPUT_MAX_BYTES),
                values.integer64(ConfigKey.INPUT_MAX_AHEAD_MS),
                values.real(ConfigKey.POSTERIOR_SUM_TOLERANCE),
                values.integer(ConfigKey.POSTERIOR_MAX_CLASSES),
                values.integer(ConfigKey.INPUT_MAX_ROWS),
                features());
    }

    private FeatureSettings features() {
        String image = values.string(ConfigKey.FEATURES_IMAGE);
        String quantiles = values.string(ConfigKey.FEATURES_QUANTILES_FILE);
        return new FeatureSettings(
                image.isEmpty() ? null : PictureSize.of(image),
                quantiles.isEmpty()
                        ? null
                        : FeatureQuantiles.read(Values.path(ConfigKey.FEATURES_QUANTILES_FILE, quantiles)));
    }

    /** Whether there is a secret that is not the fixed, public one. */
    public boolean hasKey() {
        return !values.string(ConfigKey.IDENTITY_KEY_FILE).isEmpty()
                || !values.password(ConfigKey.IDENTITY_KEY).isEmpty();
    }

    /**
     * The secret and what it is used for. Without a key, ids must be left readable and the fingerprints get a fixed,
     * public one.
     *
     * @throws ConfigException if pseudonyms are wanted and no key is given, or the key cannot be read or is too short
     */
    public IdentitySettings identity() {
        boolean pseudonyms = values.flag(ConfigKey.IDENTITY_PSEUDONYMS);
        String file = values.string(ConfigKey.IDENTITY_KEY_FILE);
        String inline = values.password(ConfigKey.IDENTITY_KEY);
        if (!file.isEmpty()) {
            return new IdentitySettings(Values.secret(ConfigKey.IDENTITY_KEY_FILE, file), pseudonyms);
        }
        if (!inline.isEmpty()) {
            return new IdentitySettings(inline.getBytes(StandardCharsets.UTF_8), pseudonyms);
        }
        if (pseudonyms) {
            throw new ConfigException("no key to make pseudonyms of client ids with: set " + ConfigKey.IDENTITY_KEY_FILE
                    + " to a file with a secret (for example: openssl rand -hex 32 > miasma.key), or "
                    + ConfigKey.IDENTITY_PSEUDONYMS + "=false to leave ids readable");
        }
        return new IdentitySettings("miasma without a key".getBytes(StandardCharsets.UTF_8), false);
    }

    /** What is wrong with how secrets are kept, a sentence each; none of it keeps the monitor from starting. */
    public List<String> exposedSecrets() {
        return Stream.of(ConfigKey.IDENTITY_KEY_FILE, ConfigKey.HTTP_TOKEN_FILE)
                .filter(key -> Values.isReadableByAll(values.string(key)))
                .map(key -> key + ": every user of this machine can read '" + values.string(key)
                        + "': take that right away, for example with chmod 600")
                .toList();
    }

    /** What the detect stage promises and remembers. */
    public DetectSettings detect() {
        return detection.clients();
    }

    /** How evidence becomes alerts about cohorts. */
    public DetectSettings detectCohorts() {
        return detection.cohorts();
    }

    /** How evidence becomes alerts about endpoints and versions. */
    public DetectSettings detectEndpoints() {
        return detection.endpoints();
    }

    /** New clients of an endpoint in a minute that are never a flood. */
    public int floodPerMinute() {
        return integer(ConfigKey.DETECT_FLOOD_PER_MINUTE);
    }

    /** Expected false alerts per million benign queries, over all levels together, at most. */
    public double budgetPerMillion() {
        return detection.budgetPerMillion();
    }

    /** What each sensor counts and allows. */
    public SensorSettings sensors() {
        return detection.sensors();
    }

    /** The file of exemptions, if there is to be one. */
    public Optional<Path> exemptionsFile() {
        String file = values.string(ConfigKey.EXEMPTIONS_FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(Values.path(ConfigKey.EXEMPTIONS_FILE, file));
    }

    /** Where results go. */
    public OutputSettings outputs() {
        return new OutputSettings(
                values.string(ConfigKey.ALERTS_TOPIC),
                values.string(ConfigKey.RISK_TOPIC),
                values.string(ConfigKey.DEAD_LETTER_TOPIC),
                values.flag(ConfigKey.DEAD_LETTER_PAYLOAD),
                values.flag(ConfigKey.TOPICS_CREATE),
                values.integer(ConfigKey.TOPICS_PARTITIONS),
                (short) values.integer(ConfigKey.TOPICS_REPLICATION));
    }

    /** Where predictions go with a defence before their answers, if they do. */
    public Optional<SanitisedSettings> sanitised() {
        String topic = values.string(ConfigKey.SANITISED_TOPIC);
        return topic.isEmpty()
                ? Optional.empty()
                : Optional.of(new SanitisedSettings(topic, values.string(ConfigKey.SANITISED_DEFENCE)));
    }

    /** Which defences are tried on the answers. */
    public WhatIfSettings whatIf() {
        return new WhatIfSettings(values.list(ConfigKey.WHATIF_DEFENCES), values.real(ConfigKey.WHATIF_SAMPLE));
    }

    /**
     * The HTTP side.
     *
     * @throws ConfigException if the file of the token or of the password cannot be read or is empty
     */
    public HttpSettings http() {
        String file = values.string(ConfigKey.HTTP_TOKEN_FILE);
        String token = file.isEmpty()
                ? ""
                : new String(Values.secret(ConfigKey.HTTP_TOKEN_FILE, file), StandardCharsets.UTF_8);
        return new HttpSettings(
                values.string(ConfigKey.HTTP_HOST),
                values.integer(ConfigKey.HTTP_PORT),
                token,
                Duration.ofMillis(values.integer64(ConfigKey.HEALTH_STALL_MS)),
                Duration.ofMillis(values.integer64(ConfigKey.HEALTH_REBALANCE_GRACE_MS)),
                values.string(ConfigKey.HTTP_ADVERTISED),
                values.flag(ConfigKey.HTTP_CONSOLE),
                tls());
    }

    private @Nullable TlsSettings tls() {
        String keystore = values.string(ConfigKey.HTTP_TLS_KEYSTORE);
        if (keystore.isEmpty()) {
            return null;
        }
        byte[] password =
                Values.secret(ConfigKey.HTTP_TLS_PASSWORD_FILE, values.string(ConfigKey.HTTP_TLS_PASSWORD_FILE));
        return new TlsSettings(Path.of(keystore), new String(password, StandardCharsets.UTF_8));
    }

    /** The folder of attack-model files. */
    public Path modelsDir() {
        return Values.path(ConfigKey.MODELS_DIR, values.string(ConfigKey.MODELS_DIR));
    }

    /** Whether the built-in universal model scores what no file of that folder does. */
    public boolean universalModel() {
        return values.flag(ConfigKey.MODELS_UNIVERSAL);
    }

    /** How often that folder is looked at. */
    public Duration modelsReload() {
        return Duration.ofMillis(values.integer64(ConfigKey.MODELS_RELOAD_MS));
    }

    /** The nominal false-positive rate at which an answer is flagged as leaky. */
    public double flagRate() {
        return values.real(ConfigKey.SCORE_FLAG_RATE);
    }

    /** How many pairs of endpoint and version get series of their own. */
    public int maxEndpoints() {
        return values.integer(ConfigKey.METRICS_MAX_ENDPOINTS);
    }

    /** A string value, by key. */
    public String string(String key) {
        return values.string(key);
    }

    /** A whole number, by key. */
    public int integer(String key) {
        return values.integer(key);
    }

    /** Heap for states of clients and cohorts. */
    public long stateCacheBytes() {
        return values.integer64(ConfigKey.STATE_CACHE_BYTES);
    }

    /** Memory outside the heap for the state on disk. */
    public long stateOffHeapBytes() {
        return values.integer64(ConfigKey.STATE_OFF_HEAP_BYTES);
    }

    /** The first brokers, host:port. */
    public List<String> bootstrapServers() {
        return values.list(ConfigKey.BOOTSTRAP_SERVERS);
    }

    /** What goes to the Kafka clients and Kafka Streams as it is, without the prefix. */
    public SortedMap<String, String> kafka() {
        return new TreeMap<>(kafka);
    }
}
