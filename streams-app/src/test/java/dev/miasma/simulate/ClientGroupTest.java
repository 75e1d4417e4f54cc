// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientGroupTest {

    @Test
    void every_kind_can_be_named_and_says_what_it_is() {
        assertThat(ClientKinds.list())
                .extracting(ClientKind::name)
                .containsExactly(
                        "score",
                        "ml-leaks",
                        "lira",
                        "repeat",
                        "synthesis",
                        "augmentation",
                        "noise",
                        "boundary",
                        "low-and-slow",
                        "sybils",
                        "flood",
                        "owner-audit",
                        "steady",
                        "bursty",
                        "duplicate-happy",
                        "batch",
                        "drifting");
        assertThat(ClientKinds.list()).allSatisfy(kind -> {
            assertThat(ClientKinds.named(kind.name())).isSameAs(kind);
            assertThat(kind.description()).isNotBlank().doesNotContain("\n");
            assertThat(kind.parameters()).allSatisfy(parameter -> {
                assertThat(parameter.description()).isNotBlank();
                assertThat(parameter.value(kind.name(), parameter.standardText()))
                        .isEqualTo(parameter.standard());
            });
            List<String> names = kind.parameters().stream().map(Parameter::name).toList();
            assertThat(new HashSet<>(names)).hasSameSizeAs(names);
            assertThat(names).endsWith("clients", "traffic", "cohorts", "label-only");
        });
    }

    @Test
    void takes_what_is_given_and_defaults_for_the_rest() {
        ClientGroup group = ClientGroup.parse(" synthesis:k-max=64 : conf-min=0.3");

        assertThat(group.kind().name()).isEqualTo("synthesis");
        assertThat(group.value("k-max")).isEqualTo(64);
        assertThat(group.value("conf-min")).isEqualTo(0.3);
        assertThat(group.value("k-min")).isEqualTo(4);
        assertThat(group.value("rej-max")).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch|'nosuch' is no kind of client: must be one of score, ml-leaks,",
                "score:share=1|score has no parameter 'share', but members, again, clients,",
                "score:members=1.5|score: members is 1.5: must be 0 to 1",
                "score:members=half|score: members is half: must be 0 to 1",
                "score:members=NaN|score: members is NaN: must be 0 to 1",
                "noise:copies=2.5|noise: copies is 2.5: must be a whole number, 1 to 1000000",
                "batch:rows=0|batch: rows is 0: must be a whole number, 1 to 1000000",
                "score:members|'members' in score:members: expected parameter=value",
                "score:|'' in score:: expected parameter=value",
            })
    void refuses_what_it_does_not_know(String text, String message) {
        assertThatThrownBy(() -> ClientGroup.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
