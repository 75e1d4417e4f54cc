// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.config.ConfigException;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptionsTest {
    private static final CalibratedAttack ATTACK = AttackFiles.attack(5000);
    private static final Calibration CALIBRATION = ATTACK.calibration();

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private Exemptions exemptions = Exemptions.none(Asking.SENSORS, measures);

    @BeforeEach
    void know_the_model() {
        AttackFiles.write(folder, "default", 5000);
        exemptions = new Exemptions(Asking.SENSORS, AttackModels.load(folder, false, 0.01, measures), measures);
    }

    private static String json(String kind, String until, String more) {
        return """
                {"kind":"%s","level":"client","name":"0a1b","endpoint":"fraud","reason":"audit","until":"%s"%s}""".formatted(kind, until, more);
    }

    private void take(String json) {
        exemptions.take("key", json.getBytes(StandardCharsets.UTF_8));
    }

    private List<Detection.Alarm> probe(Asking asking, int queries) {
        return IntStream.range(0, queries)
                .mapToObj(i -> asking.near(1, i))
                .filter(detection -> detection != null && detection.alarm() != Detection.Alarm.NONE)
                .map(Detection::alarm)
                .toList();
    }

    private Asking asking() {
        return new Asking(Level.CLIENT, exemptions, 1);
    }

    @Test
    void an_allowed_client_is_counted_and_never_told_of() {
        take(json("allow", "2999-01-01T00:00:00Z", ""));

        assertThat(probe(asking(), 60)).isNotEmpty().containsOnly(Detection.Alarm.ALLOWED);
        assertThat(measures.exemptionCount()).isEqualTo(1);
    }

    @Test
    void another_client_is_not_allowed() {
        take(json("allow", "2999-01-01T00:00:00Z", ""));
        Asking asking = asking();
        asking.client = "other";

        assertThat(probe(asking, 60)).contains(Detection.Alarm.SENT);
    }

    @Test
    void an_exemption_ends_with_its_time() {
        take(json("allow", "2001-09-09T01:46:40Z", ""));

        assertThat(probe(asking(), 60)).contains(Detection.Alarm.SENT);
    }

    @Test
    void a_star_stands_for_all_endpoints() {
        take(json("allow", "2999-01-01T00:00:00Z", "").replace("fraud", "*"));

        assertThat(probe(asking(), 60)).containsOnly(Detection.Alarm.ALLOWED);
    }

    @Test
    void a_record_without_a_value_withdraws() {
        String key = "client:0a1b@fraud";
        exemptions.take(key, json("allow", "2999-01-01T00:00:00Z", "").getBytes(StandardCharsets.UTF_8));

        exemptions.take(key, null);

        assertThat(measures.exemptionCount()).isZero();
        assertThat(probe(asking(), 60)).contains(Detection.Alarm.SENT);
    }

    @Test
    void what_was_acknowledged_is_normal_and_more_still_alarms() {
        take(json(
                "acknowledge",
                "2999-01-01T00:00:00Z",
                ",\"accepted\":{\"queries\":2000,\"compared\":2000,\"near\":1200,\"climbed\":0}"));
        Asking asking = asking();
        var random = new SplittableRandom(1);

        int alarms = 0;
        for (int i = 0; i < 4000; i++) {
            Detection detection = random.nextDouble() < 0.6 ? asking.near(1, i) : asking.far(i);
            alarms += detection != null && detection.alarm() != Detection.Alarm.NONE ? 1 : 0;
        }

        assertThat(alarms).isZero();
        assertThat(probe(asking, 200)).contains(Detection.Alarm.SENT);
    }

    /** Scores as much above the null as the acknowledged ones, for long; then scores of members only. */
    @Test
    void acknowledged_scores_raise_the_clients_own_null() {
        long[] observed = new long[CALIBRATION.bins()];
        var random = new SplittableRandom(2);
        for (int i = 0; i < 3000; i++) {
            observed[CALIBRATION.bin(Math.sqrt(random.nextDouble()))]++;
        }
        String bins = Arrays.toString(observed);
        Asking stranger = asking();
        assertThat(alarmsOfScores(stranger, random, 2, 600)).isPositive();

        take(json(
                "acknowledge",
                "2999-01-01T00:00:00Z",
                ",\"accepted\":{\"queries\":3000,\"modelId\":\"" + ATTACK.id() + "\",\"bins\":" + bins + "}"));
        Asking known = asking();

        assertThat(alarmsOfScores(known, random, 2, 3000)).isZero();
        assertThat(alarmsOfScores(known, random, 40, 600)).isPositive();
    }

    private static int alarmsOfScores(Asking asking, SplittableRandom random, int power, int queries) {
        int alarms = 0;
        for (int i = 0; i < queries; i++) {
            double score = Math.pow(random.nextDouble(), 1.0 / power);
            int bin = CALIBRATION.bin(score);
            EvidenceColumn evidence = EvidenceColumn.of(CALIBRATION.evidence().column(bin));
            Detection detection = asking.scored(
                    random.nextInt(), new AttackScore(score, bin, false, false, evidence, 0.01, ATTACK.id(), true));
            alarms += detection != null && detection.alarm() != Detection.Alarm.NONE ? 1 : 0;
        }
        return alarms;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                   | kind is missing or no text
                    []                                                   | not a JSON object
                    {"kind":"mute"}                                      | kind is 'mute': one of [allow, acknowledge] needed
                    {"kind":"allow","level":"tenant"}                    | level is 'tenant': one of [client, cohort] needed
                    {"kind":"acknowledge","level":"client"}              | accepted is missing
                    {"kind":"allow","level":"client","name":"a"}         | reason is missing or no text
                    {"kind":"allow","level":"client","name":"a","reason":"r","until":"soon"} | until is 'soon': a date
                    """)
    void what_cannot_be_read_is_counted_and_passed_over(String json, String message) {
        take(json);

        assertThat(measures.brokenExemptionCount()).isEqualTo(1);
        assertThatThrownBy(() -> Exemptions.keyOf(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"near\":5,\"compared\":4", "\"bins\":[-1]", "\"queries\":1.5", "\"hits\":1"})
    void counts_that_cannot_be_are_refused(String counts) {
        String json = json("acknowledge", "2999-01-01T00:00:00Z", ",\"accepted\":{\"queries\":10," + counts + "}")
                .replace("\"queries\":10,\"queries\"", "\"queries\"");

        assertThatThrownBy(() -> Exemptions.keyOf(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accepted.");
    }

    @Test
    void a_broken_file_leaves_what_was_in_force_and_is_told_of_once() throws Exception {
        Path file = folder.resolve("exemptions.jsonl");
        Files.writeString(file, "# whom we let probe\n\n" + json("allow", "2999-01-01T00:00:00Z", "") + "\n");
        exemptions.refresh(file);
        assertThat(probe(asking(), 60)).containsOnly(Detection.Alarm.ALLOWED);

        Files.writeString(file, "{\"kind\":\"allow\"");
        exemptions.refresh(file);
        exemptions.refresh(file);

        assertThat(probe(asking(), 60)).containsOnly(Detection.Alarm.ALLOWED);
        assertThat(measures.brokenExemptionCount()).isEqualTo(1);
        assertThatThrownBy(() -> exemptions.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exemptions.jsonl, line 1: not JSON");
    }
}
