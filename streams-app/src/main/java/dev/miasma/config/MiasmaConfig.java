// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.types.Password;

/**
 * The monitor's configuration, parsed and checked as a whole.
 *
 * <p>{@link ConfigSources} collects the values from file, environment and command line; this class gives them types.
 * Keys below {@code kafka.} are not checked here: they go to the Kafka clients as they are.
 */
public final class MiasmaConfig {
    private final Map<String, Object> values;
    private final SortedMap<String, String> kafka;

    private MiasmaConfig(Map<String, Object> values, SortedMap<String, String> kafka) {
        this.values = values;
        this.kafka = kafka;
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
        for (String key : own.keySet()) {
            if (!definition.names().contains(key)) {
                throw new ConfigException("unknown configuration key '" + key + "': did you mean '"
                        + NearestName.of(key, definition.names()) + "'?");
            }
        }
        try {
            MiasmaConfig config = new MiasmaConfig(definition.parse(own), kafka);
            config.requireNoLoop();
            config.requireSanitised();
            return config;
        } catch (org.apache.kafka.common.config.ConfigException e) {
            throw new ConfigException(Objects.requireNonNullElse(e.getMessage(), "invalid configuration"));
        }
    }

    private void requireNoLoop() {
        for (String key : List.of(
                ConfigKey.ALERTS_TOPIC, ConfigKey.RISK_TOPIC, ConfigKey.DEAD_LETTER_TOPIC, ConfigKey.SANITISED_TOPIC)) {
            if (list(ConfigKey.INPUT_TOPICS).contains(string(key))) {
                throw new ConfigException(key + " is '" + string(key) + "', which is one of " + ConfigKey.INPUT_TOPICS
                        + ": the monitor would read what it writes");
            }
        }
    }

    /** A topic without a defence would pass on what it is there to hide, and the other topics aren't for its readers. */
    private void requireSanitised() {
        String topic = string(ConfigKey.SANITISED_TOPIC);
        boolean defended = !string(ConfigKey.SANITISED_DEFENCE).isEmpty();
        if (!topic.isEmpty() && !defended) {
            throw new ConfigException(ConfigKey.SANITISED_TOPIC + " is '" + topic + "', but "
                    + ConfigKey.SANITISED_DEFENCE + " is empty: set it, for example to top3");
        }
        if (topic.isEmpty() && defended) {
            throw new ConfigException(ConfigKey.SANITISED_DEFENCE + " is '" + string(ConfigKey.SANITISED_DEFENCE)
                    + "', but " + ConfigKey.SANITISED_TOPIC + " is empty: set it as well");
        }
        for (String key : List.of(ConfigKey.ALERTS_TOPIC, ConfigKey.RISK_TOPIC, ConfigKey.DEAD_LETTER_TOPIC)) {
            if (topic.equals(string(key))) {
                throw new ConfigException(
                        ConfigKey.SANITISED_TOPIC + " is '" + topic + "', and so is " + key + ": name another");
            }
        }
    }

    /**
     * What the decode stage accepts.
     *
     * @throws ConfigException if the file of feature quantiles cannot be used
     */
    public InputSettings input() {
        return new InputSettings(
                list(ConfigKey.INPUT_TOPICS),
                flag(ConfigKey.INPUT_KEYED_BY_CLIENT),
                string(ConfigKey.INPUT_CLIENT_HEADER),
                integer(ConfigKey.INPUT_MAX_BYTES),
                integer64(ConfigKey.INPUT_MAX_AHEAD_MS),
                real(ConfigKey.POSTERIOR_SUM_TOLERANCE),
                integer(ConfigKey.POSTERIOR_MAX_CLASSES),
                features());
    }

    private FeatureSettings features() {
        String image = string(ConfigKey.FEATURES_IMAGE);
        String quantiles = string(ConfigKey.FEATURES_QUANTILES_FILE);
        return new FeatureSettings(
                image.isEmpty() ? null : PictureSize.of(image),
                quantiles.isEmpty() ? null : FeatureQuantiles.read(Path.of(quantiles)));
    }

    /** Whether there is a secret that is not the fixed, public one. */
    public boolean hasKey() {
        return !string(ConfigKey.IDENTITY_KEY_FILE).isEmpty()
                || !((Password) value(ConfigKey.IDENTITY_KEY)).value().isEmpty();
    }

    /**
     * The secret and what it is used for. Without a key, ids must be left readable and the fingerprints get a fixed,
     * public one.
     *
     * @throws ConfigException if pseudonyms are wanted and no key is given, or the key cannot be read or is too short
     */
    public IdentitySettings identity() {
        boolean pseudonyms = flag(ConfigKey.IDENTITY_PSEUDONYMS);
        String file = string(ConfigKey.IDENTITY_KEY_FILE);
        String inline = ((Password) value(ConfigKey.IDENTITY_KEY)).value();
        if (!file.isEmpty()) {
            return new IdentitySettings(secret(ConfigKey.IDENTITY_KEY_FILE, file), pseudonyms);
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

    /** Whether a secret is given at all. */
    public boolean hasIdentityKey() {
        return !string(ConfigKey.IDENTITY_KEY_FILE).isEmpty()
                || !((Password) value(ConfigKey.IDENTITY_KEY)).value().isEmpty();
    }

    /** What the detect stage promises and remembers. */
    public DetectSettings detect() {
        double rest = 1 - real(ConfigKey.DETECT_SHARE_COHORT) - real(ConfigKey.DETECT_SHARE_ENDPOINT);
        return detect(rest);
    }

    /** How evidence becomes alerts about cohorts. */
    public DetectSettings detectCohorts() {
        return detect(real(ConfigKey.DETECT_SHARE_COHORT));
    }

    /** How evidence becomes alerts about endpoints and versions. */
    public DetectSettings detectEndpoints() {
        return detect(real(ConfigKey.DETECT_SHARE_ENDPOINT));
    }

    /** New clients of an endpoint in a minute that are never a flood. */
    public int floodPerMinute() {
        return integer(ConfigKey.DETECT_FLOOD_PER_MINUTE);
    }

    /** Expected false alerts per million benign queries, over all levels together, at most. */
    public double budgetPerMillion() {
        return real(ConfigKey.DETECT_BUDGET);
    }

    private DetectSettings detect(double share) {
        return new DetectSettings(
                share * budgetPerMillion(),
                integer64(ConfigKey.DETECT_COOLDOWN_MS),
                integer64(ConfigKey.DETECT_HALF_LIFE_MS),
                integer64(ConfigKey.DETECT_IDLE_TTL_MS),
                integer(ConfigKey.DETECT_FIRST_SIGHT_CAPACITY),
                integer(ConfigKey.DETECT_MAX_SUBJECTS),
                sensors());
    }

    /** The file of exemptions, if there is to be one. */
    public Optional<Path> exemptionsFile() {
        String file = string(ConfigKey.EXEMPTIONS_FILE);
        return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
    }

    /** What each sensor counts and allows. */
    public SensorSettings sensors() {
        return new SensorSettings(
                real(ConfigKey.WEIGHT_MEMBER_LIKENESS),
                real(ConfigKey.WEIGHT_NEIGHBOURHOOD),
                real(ConfigKey.WEIGHT_CLIMB),
                real(ConfigKey.WEIGHT_REPEAT),
                real(ConfigKey.WEIGHT_TRAINING_HIT),
                real(ConfigKey.NULL_NEIGHBOURHOOD),
                real(ConfigKey.NULL_CLIMB),
                real(ConfigKey.NULL_REPEAT),
                real(ConfigKey.NULL_TRAINING_HIT));
    }

    /** Where results go. */
    public OutputSettings outputs() {
        return new OutputSettings(
                string(ConfigKey.ALERTS_TOPIC),
                string(ConfigKey.RISK_TOPIC),
                string(ConfigKey.DEAD_LETTER_TOPIC),
                flag(ConfigKey.DEAD_LETTER_PAYLOAD),
                flag(ConfigKey.TOPICS_CREATE),
                integer(ConfigKey.TOPICS_PARTITIONS),
                (short) integer(ConfigKey.TOPICS_REPLICATION));
    }

    /** Where predictions go with a defence before their answers, if they do. */
    public Optional<SanitisedSettings> sanitised() {
        String topic = string(ConfigKey.SANITISED_TOPIC);
        return topic.isEmpty()
                ? Optional.empty()
                : Optional.of(new SanitisedSettings(topic, string(ConfigKey.SANITISED_DEFENCE)));
    }

    /** Which defences are tried on the answers. */
    public WhatIfSettings whatIf() {
        return new WhatIfSettings(list(ConfigKey.WHATIF_DEFENCES), real(ConfigKey.WHATIF_SAMPLE));
    }

    /**
     * The HTTP side.
     *
     * @throws ConfigException if the token's file cannot be read or is empty
     */
    public HttpSettings http() {
        String file = string(ConfigKey.HTTP_TOKEN_FILE);
        String token =
                file.isEmpty() ? "" : new String(secret(ConfigKey.HTTP_TOKEN_FILE, file), StandardCharsets.UTF_8);
        return new HttpSettings(
                string(ConfigKey.HTTP_HOST),
                integer(ConfigKey.HTTP_PORT),
                token,
                Duration.ofMillis(integer64(ConfigKey.HEALTH_STALL_MS)),
                Duration.ofMillis(integer64(ConfigKey.HEALTH_REBALANCE_GRACE_MS)));
    }

    /** The folder of attack-model files. */
    public Path modelsDir() {
        return Path.of(string(ConfigKey.MODELS_DIR));
    }

    /** Whether the built-in universal model scores what no file of that folder does. */
    public boolean universalModel() {
        return flag(ConfigKey.MODELS_UNIVERSAL);
    }

    /** How often that folder is looked at. */
    public Duration modelsReload() {
        return Duration.ofMillis(integer64(ConfigKey.MODELS_RELOAD_MS));
    }

    /** The nominal false-positive rate at which an answer is flagged as leaky. */
    public double flagRate() {
        return real(ConfigKey.SCORE_FLAG_RATE);
    }

    /** How many pairs of endpoint and version get series of their own. */
    public int maxEndpoints() {
        return integer(ConfigKey.METRICS_MAX_ENDPOINTS);
    }

    /** A string value, by key. */
    public String string(String key) {
        return (String) value(key);
    }

    /** A whole number, by key. */
    public int integer(String key) {
        return (Integer) value(key);
    }

    /** The first brokers, host:port. */
    public List<String> bootstrapServers() {
        return list(ConfigKey.BOOTSTRAP_SERVERS);
    }

    /** What goes to the Kafka clients and Kafka Streams as it is, without the prefix. */
    public SortedMap<String, String> kafka() {
        return new TreeMap<>(kafka);
    }

    private Object value(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private boolean flag(String key) {
        return (Boolean) value(key);
    }

    private long integer64(String key) {
        return (Long) value(key);
    }

    private double real(String key) {
        return (Double) value(key);
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String key) {
        return (List<String>) value(key);
    }

    private static byte[] secret(String key, String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.isEmpty()) {
                throw new ConfigException(key + ": '" + file + "' is empty");
            }
            return secret.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException(
                    key + ": cannot read '" + file + "' (" + e.getClass().getSimpleName() + ")");
        }
    }
}
