// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExemptionsCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(args);
    }

    private String file() {
        return folder.resolve("exemptions.jsonl").toString();
    }

    private CommandLineRun allow(String until) {
        return run(
                "exemptions",
                "allow",
                "--file",
                file(),
                "--pseudonym",
                "0a1b",
                "--reason",
                "our own audit",
                "--until",
                until);
    }

    @Test
    void allows_lists_and_withdraws() throws Exception {
        CommandLineRun allowed = allow("2999-01-01T00:00:00Z");

        assertThat(allowed.exitCode()).as("%s", allowed.err()).isZero();
        assertThat(String.join("\n", allowed.out())).contains("client:0a1b@*");
        assertThat(String.join("\n", run("exemptions", "list", "--file", file()).out()))
                .contains("\"reason\":\"our own audit\"")
                .contains("\"kind\":\"allow\"");

        CommandLineRun withdrawn = run("exemptions", "withdraw", "--file", file(), "client:0a1b@*");

        assertThat(withdrawn.exitCode()).as("%s", withdrawn.err()).isZero();
        assertThat(Files.readString(Path.of(file()))).isEmpty();
    }

    @Test
    void a_client_is_named_by_its_pseudonym_only() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123");

        CommandLineRun allowed = run(
                "exemptions",
                "allow",
                "--file",
                file(),
                "--set",
                "identity.key.file=" + key,
                "--client",
                "SECRET-name",
                "--reason",
                "r",
                "--until",
                "2999-01-01T00:00:00Z");

        assertThat(allowed.exitCode()).as("%s", allowed.err()).isZero();
        assertThat(Files.readString(Path.of(file()))).doesNotContain("SECRET").contains("\"name\":\"");
    }

    @Test
    void acknowledges_an_alert() throws Exception {
        Path alert = Files.writeString(folder.resolve("alert.json"), """
                {"kind":"membership-probe","client":"0a1b","cohort":null,"endpoint":"fraud",
                 "evidence":{"queries":50,"firstSights":40,"repeats":10,"bins":[1,2,3],"modelId":"m","compared":30,
                             "near":20,"climbed":5,"checked":0,"hits":0}}""");

        CommandLineRun acknowledged = run(
                "exemptions",
                "acknowledge",
                "--file",
                file(),
                "--alert",
                alert.toString(),
                "--reason",
                "what-if slider",
                "--until",
                "2999-01-01T00:00:00Z");

        assertThat(acknowledged.exitCode()).as("%s", acknowledged.err()).isZero();
        assertThat(String.join("\n", acknowledged.out())).contains("client:0a1b@fraud");
        assertThat(Files.readString(Path.of(file()))).contains("\"near\":20");
    }

    @ParameterizedTest
    @CsvSource({"2001-01-01T00:00:00Z, must be ahead", "tomorrow, Invalid value for option '--until'"})
    void refuses_an_end_that_is_none(String until, String message) {
        CommandLineRun refused = allow(until);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(String.join("\n", refused.err())).contains(message);
    }

    @Test
    void wants_to_know_where_they_are_kept() {
        CommandLineRun refused = run("exemptions", "list");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", refused.err())).contains("no place for exemptions: give --file");
    }

    @Test
    void withdraws_nothing_where_one_key_is_unknown() {
        allow("2999-01-01T00:00:00Z");

        CommandLineRun refused = run("exemptions", "withdraw", "--file", file(), "client:0a1b@*", "client:nobody@*");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(String.join("\n", refused.err())).contains("no exemption has the key 'client:nobody@*'");
        assertThat(String.join("\n", run("exemptions", "list", "--file", file()).out()))
                .contains("0a1b");
    }
}
