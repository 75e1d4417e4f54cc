// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "dev.miasma";
    private static final String BROKEN_ROOT = "dev.miasma.broken";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    static Stream<ArchRule> rules() {
        return new ArchitectureRules(ROOT).all().stream();
    }

    static Stream<ArchRule> rulesOnBrokenCode() {
        return new ArchitectureRules(BROKEN_ROOT).all().stream();
    }

    @Test
    void sees_both_modules() {
        assertThat(OURS.stream().map(type -> type.getPackageName())).contains("dev.miasma.app", "dev.miasma.posterior");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void our_code_keeps(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    @ParameterizedTest
    @MethodSource("rulesOnBrokenCode")
    void broken_code_is_noticed_by(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decode may not know score: Method <dev.miasma.broken.decode.KnowsTheNextStage",
                "alert may not know score: Method <dev.miasma.broken.alert.KnowsAnEarlierStage",
                "simulate may not know posterior: Method <dev.miasma.broken.simulate.KnowsTheLibrary",
                "serve may not know topology: Method <dev.miasma.broken.serve.KnowsTheTopology",
                "dev.miasma.broken.stranger.OnNoMap is in a package that is not on the map",
                "Method <dev.miasma.broken.detect.KnowsKafka",
                "Method <dev.miasma.broken.config.KnowsAProducer",
                "Method <dev.miasma.broken.measure.MeterStore",
            })
    void broken_code_is_named(String breach) {
        List<String> found = rulesOnBrokenCode()
                .flatMap(rule -> rule.evaluate(BROKEN).getFailureReport().getDetails().stream())
                .toList();

        assertThat(found).anyMatch(detail -> detail.contains(breach));
    }

    @ParameterizedTest
    @ValueSource(strings = {"score.Scored", "topology.Wiring", "detect.EvidenceStore"})
    void code_that_keeps_a_rule_is_not_named(String type) {
        Stream<ArchRule> dependencyRules = rulesOnBrokenCode().limit(4);

        assertThat(dependencyRules.flatMap(rule -> rule.evaluate(BROKEN).getFailureReport().getDetails().stream()))
                .isNotEmpty()
                .noneMatch(detail -> detail.contains("Method <dev.miasma.broken." + type));
    }
}
