// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiasmaConfigTest {
    private static final String SECRET = "correct horse battery staple";

    @Test
    void has_a_default_for_every_key() {
        MiasmaConfig config = MiasmaConfig.of(Map.of());

        assertThat(config.input().topics()).containsExactly("predictions");
        assertThat(config.bootstrapServers()).containsExactly("localhost:9092");
        assertThat(config.detect().threshold()).isEqualTo(1.25e6, within(1e-3));
        assertThat(config.detectCohorts().threshold()).isEqualTo(1e6 / 0.15, within(1e-3));
        assertThat(config.detectEndpoints().threshold()).isEqualTo(2e7, within(1e-3));
        assertThat(config.budgetPerMillion()).isEqualTo(1);
        assertThat(config.detect().idleMillis()).isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(config.outputs().deadLetterPayload()).isFalse();
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.modelsReload()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.flagRate()).isEqualTo(0.01);
        assertThat(config.kafka()).isEmpty();
    }

    @Test
    void gives_the_values_their_types() {
        MiasmaConfig config = MiasmaConfig.of(Map.of(
                "input.topics", "a, b",
                "input.keyed.by.client", "true",
                "posterior.sum.tolerance", "0.01",
                "detect.budget.per.million", "2.5",
                "topics.replication", "3",
                "metrics.max.endpoints", "7"));

        assertThat(config.input().topics()).containsExactly("a", "b");
        assertThat(config.input().keyedByClient()).isTrue();
        assertThat(config.input().sumTolerance()).isEqualTo(0.01);
        assertThat(config.detect().threshold()).isEqualTo(500_000, within(1e-3));
        assertThat(config.outputs().replication()).isEqualTo((short) 3);
        assertThat(config.maxEndpoints()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "input.topic, input.topics",
        "detect.budget, detect.budget.per.million",
        "http.prt, http.port",
        "INPUT.TOPICS, input.topics",
        "kafka, threads"
    })
    void refuses_an_unknown_key_and_names_the_nearest(String unknown, String nearest) {
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of(unknown, "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown configuration key '" + unknown + "': did you mean '" + nearest + "'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threads | 0 | at least 1",
                "threads | 257 | no more than 256",
                "threads | two | Not a number of type INT",
                "input.max.bytes | 255 | at least 256",
                "input.max.rows | 0 | at least 1",
                "posterior.sum.tolerance | 0.6 | must be in [0,...,0.5]",
                "posterior.sum.tolerance | NaN | must be in [0,...,0.5]",
                "posterior.max.classes | 1 | at least 2",
                "detect.budget.per.million | 0 | must be in [1.0E-6,...,100000]",
                "detect.share.cohort | 0.5 | must be in [0.001,...,0.499]",
                "detect.share.endpoint | 0.5 | must be in [0.001,...,0.499]",
                "detect.weight.repeat | -1 | must be in [0,...,1000]",
                "detect.idle.ttl.ms | 9223372036854775807 | no more than 315360000000",
                "detect.cooldown.ms | 9223372036854775807 | no more than 315360000000",
                "detect.first.sight.capacity | 31 | at least 32",
                "features.image | 28 | must be HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS",
                "features.image | 28x1 | each side 2 to 4096, channels 1 to 16",
                "features.image | 32x32x17 | channels 1 to 16",
                "features.image | 5000x28 | each side 2 to 4096",
                "processing.guarantee | exactly_once | String must be one of: exactly_once_v2, at_least_once",
                "input.keyed.by.client | maybe | Expected value to be either true or false",
                "topics.replication | 0 | must be -1 or 1 to 10",
                "http.port | 65536 | no more than 65535",
                "http.advertised | monitor | must be host:port, port 1 to 65535",
                "http.advertised | monitor:0 | must be host:port, port 1 to 65535",
                "http.advertised | monitor:99999 | must be host:port, port 1 to 65535",
                "http.advertised | http://monitor:80 | must be host:port, port 1 to 65535",
                "http.advertised | fe80::1:80 | must be host:port, port 1 to 65535",
                "alerts.topic | '' | must not be empty",
                "input.topics | '' | must name at least one",
                "input.topics | 'a,,b' | must name at least one and none empty",
                "bootstrap.servers | '' | must name at least one"
            })
    void refuses_a_value_out_of_bounds_and_names_key_value_and_bound(String key, String value, String bound) {
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value.contains(",") ? "[a, , b]" : value)
                .hasMessageContaining(bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.topic", "risk.topic", "dead.letter.topic"})
    void refuses_to_write_to_a_topic_it_reads(String key) {
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of("input.topics", "a,b", key, "b")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " is 'b', which is one of input.topics: the monitor would read what it writes");
    }

    @Test
    void the_largest_shares_of_cohorts_and_endpoints_leave_clients_a_budget() {
        MiasmaConfig config = MiasmaConfig.of(Map.of("detect.share.cohort", "0.499", "detect.share.endpoint", "0.499"));

        assertThat(config.detect().budgetPerMillion()).isEqualTo(0.002, within(1e-9));
        assertThat(config.detectCohorts().budgetPerMillion()).isEqualTo(0.499);
        assertThat(config.detectEndpoints().budgetPerMillion()).isEqualTo(0.499);
    }

    @Test
    void refuses_to_run_without_any_sensor() {
        Map<String, String> off = new HashMap<>();
        for (String sensor : List.of("member.likeness", "neighbourhood", "climb", "repeat", "training.hit")) {
            off.put("detect.weight." + sensor, "0");
        }

        assertThatThrownBy(() -> MiasmaConfig.of(off))
                .isInstanceOf(ConfigException.class)
                .hasMessage("all of detect.weight.member.likeness, detect.weight.neighbourhood, detect.weight.climb,"
                        + " detect.weight.repeat, detect.weight.training.hit are 0: at least one must be above 0, or no"
                        + " sensor is on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"member.likeness", "neighbourhood", "climb", "repeat", "training.hit"})
    void one_sensor_is_enough(String on) {
        Map<String, String> weights = new HashMap<>();
        for (String sensor : List.of("member.likeness", "neighbourhood", "climb", "repeat", "training.hit")) {
            weights.put("detect.weight." + sensor, sensor.equals(on) ? "0.001" : "0");
        }

        SensorSettings sensors = MiasmaConfig.of(weights).sensors();

        assertThat(sensors.memberLikeness()
                        + sensors.neighbourhood()
                        + sensors.climb()
                        + sensors.repeat()
                        + sensors.trainingHit())
                .isEqualTo(0.001);
    }

    @Test
    void passes_keys_below_kafka_on_without_the_prefix_and_unchecked() {
        MiasmaConfig config = MiasmaConfig.of(Map.of("kafka.security.protocol", "SASL_SSL", "kafka.no.such.key", "x"));

        assertThat(config.kafka())
                .containsOnly(Map.entry("security.protocol", "SASL_SSL"), Map.entry("no.such.key", "x"));
    }

    @Test
    void will_not_make_pseudonyms_without_a_key() {
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of()).identity())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("identity.key.file")
                .hasMessageContaining("openssl rand -hex 32")
                .hasMessageContaining("identity.pseudonyms=false");
    }

    @Test
    void needs_no_key_where_ids_stay_readable() {
        IdentitySettings identity =
                MiasmaConfig.of(Map.of("identity.pseudonyms", "false")).identity();

        assertThat(identity.pseudonyms()).isFalse();
        assertThat(identity.key()).hasSizeGreaterThanOrEqualTo(IdentitySettings.MIN_KEY_BYTES);
    }

    @Test
    void takes_the_key_from_its_file_before_the_one_given(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), SECRET + "\n");

        IdentitySettings identity = MiasmaConfig.of(
                        Map.of("identity.key.file", file.toString(), "identity.key", "another secret of mine"))
                .identity();

        assertThat(new String(identity.key(), StandardCharsets.UTF_8)).isEqualTo(SECRET);
        assertThat(identity.pseudonyms()).isTrue();
    }

    @Test
    void refuses_a_short_key_without_showing_it() {
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of("identity.key", "fifteen letters"))
                        .identity())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has 15 bytes: at least 16")
                .hasMessageNotContaining("fifteen letters");
    }

    @Test
    void names_the_key_whose_file_cannot_be_read(@TempDir Path folder) {
        String missing = folder.resolve("none").toString();

        assertThatThrownBy(() ->
                        MiasmaConfig.of(Map.of("identity.key.file", missing)).identity())
                .hasMessage("identity.key.file: cannot read '" + missing + "' (NoSuchFileException)");
        assertThatThrownBy(() ->
                        MiasmaConfig.of(Map.of("http.token.file", missing)).http())
                .hasMessage("http.token.file: cannot read '" + missing + "' (NoSuchFileException)");
    }

    @Test
    void refuses_an_empty_token_file_rather_than_ask_for_no_token(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), " \n");

        assertThatThrownBy(() -> MiasmaConfig.of(Map.of("http.token.file", file.toString()))
                        .http())
                .isInstanceOf(ConfigException.class)
                .hasMessage("http.token.file: '" + file + "' is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor:9404", "10.0.0.7:1", "[::1]:65535", ""})
    void takes_an_address_for_other_instances(String address) {
        assertThat(MiasmaConfig.of(Map.of("http.advertised", address)).http().advertised())
                .isEqualTo(address);
    }

    @Test
    void https_wants_a_keystore_and_its_password(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), SECRET);

        assertThat(MiasmaConfig.of(Map.of("http.tls.keystore", "a.p12", "http.tls.password.file", password.toString()))
                        .http()
                        .tls())
                .isEqualTo(new TlsSettings(Path.of("a.p12"), SECRET));
        assertThat(MiasmaConfig.of(Map.of()).http().tls()).isNull();
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of("http.tls.keystore", "a.p12")))
                .hasMessage("http.tls.keystore is 'a.p12', but http.tls.password.file is empty: set it as well");
        assertThatThrownBy(() -> MiasmaConfig.of(Map.of("http.tls.password.file", "secret")))
                .hasMessage("http.tls.password.file is 'secret', but http.tls.keystore is empty: set it as well");
    }

    @Test
    void shows_no_secret_in_text(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), SECRET);
        MiasmaConfig config = MiasmaConfig.of(Map.of("identity.key", SECRET, "http.token.file", token.toString()));

        assertThat(List.of(config, config.identity(), config.http(), config.detect(), config.input(), config.outputs()))
                .allSatisfy(settings -> assertThat(settings.toString()).doesNotContain(SECRET));
        assertThat(config.http().token()).isEqualTo(SECRET);
        assertThat(config.http().toString()).contains("token=hidden");
        assertThat(MiasmaConfig.of(Map.of()).http().toString()).contains("token=none");
    }

    @Test
    void a_key_cannot_be_changed_from_outside() {
        byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
        var identity = new IdentitySettings(key, true);
        key[0] = 0;
        identity.key()[1] = 0;

        assertThat(new String(identity.key(), StandardCharsets.UTF_8)).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--,1", "rw----r--,1", "rw-r-----,0", "rw-------,0"})
    void warns_of_secrets_that_every_user_can_read(String permissions, int warnings) throws IOException {
        Path key = Files.writeString(Files.createTempFile("miasma", ".key"), "0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
        try {
            MiasmaConfig config = MiasmaConfig.of(Map.of(ConfigKey.IDENTITY_KEY_FILE, key.toString()));

            assertThat(config.exposedSecrets())
                    .hasSize(warnings)
                    .allSatisfy(warning -> assertThat(warning)
                            .isEqualTo("identity.key.file: every user of this machine can read '" + key
                                    + "': take that right away, for example with chmod 600"));
        } finally {
            Files.delete(key);
        }
    }

    @Test
    void serves_on_the_loopback_address_unless_told_otherwise() throws IOException {
        String host = MiasmaConfig.of(Map.of()).http().host();

        assertThat(InetAddress.getByName(host).isLoopbackAddress()).isTrue();
    }
}
