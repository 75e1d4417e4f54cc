// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.ConfigSources;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.operations.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container image, as far as it can be told without making it. */
class DockerfileTest {
    private static final String CLASS_PATH = "/opt/miasma/miasma.jar:/opt/miasma/lib/*";

    private final Dockerfile dockerfile = new Dockerfile();
    private final DockerIgnore ignored = new DockerIgnore();

    DockerfileTest() throws IOException {}

    private Instruction only(String word) {
        assertThat(dockerfile.image(word)).as(word).hasSize(1);
        return dockerfile.image(word).getFirst();
    }

    @Test
    void is_built_by_a_jdk_and_run_by_a_jre_of_the_same_pinned_release() {
        List<String> bases = dockerfile.all("FROM").stream()
                .map(from -> from.rest().split(" ")[0])
                .toList();

        assertThat(bases).hasSize(2);
        assertThat(bases.getFirst()).matches("eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-jdk-noble");
        assertThat(bases.getLast()).isEqualTo(bases.getFirst().replace("-jdk-", "-jre-"));
        assertThat(dockerfile.pairs("LABEL"))
                .containsEntry("org.opencontainers.image.base.name", "docker.io/library/" + bases.getLast());
    }

    @Test
    void runs_as_a_user_that_is_a_number_and_not_root() {
        assertThat(only("USER").rest()).matches("[1-9]\\d*:[1-9]\\d*");
    }

    @Test
    void starts_the_program_without_a_shell_so_that_signals_reach_it() {
        assertThat(only("ENTRYPOINT").words())
                .containsExactly("java", "@/opt/miasma/jvm.options", "-cp", CLASS_PATH, "dev.miasma.app.Main");
        assertThat(only("CMD").words()).containsExactly("run");
        assertThat(only("STOPSIGNAL").rest()).isEqualTo("SIGTERM");
    }

    @Test
    void asks_the_program_itself_for_its_health() {
        String check = only("HEALTHCHECK").rest();

        assertThat(check).contains("--interval=", "--timeout=", "--start-period=", "--retries=");
        assertThat(only("HEALTHCHECK").words())
                .startsWith("java")
                .containsSequence("-cp", CLASS_PATH, "dev.miasma.app.Main", "health", "--live");
    }

    @Test
    void sets_only_keys_that_the_monitor_knows() {
        MiasmaConfig config = MiasmaConfig.of(ConfigSources.collect(null, dockerfile.pairs("ENV"), List.of()));

        assertThat(config.integer(ConfigKey.HTTP_PORT))
                .isEqualTo(Integer.parseInt(only("EXPOSE").rest()));
        assertThat(only("VOLUME").words()).containsExactly(config.string(ConfigKey.STATE_DIR));
        assertThat(config.modelsDir()).hasParentRaw(Path.of(only("WORKDIR").rest()));
    }

    @Test
    void gives_the_folders_that_volumes_are_mounted_on_to_its_user() {
        assertThat(dockerfile.image("COPY"))
                .extracting(Instruction::rest)
                .contains("--from=build --chown=" + only("USER").rest() + " /image/ "
                        + only("WORKDIR").rest() + "/");
        assertThat(dockerfile.all("RUN").getFirst().rest())
                .contains("/image/state", "/image/models", "/image/secrets", "/image/drill");
    }

    @Test
    void has_the_labels_of_the_open_container_initiative() {
        assertThat(dockerfile.pairs("LABEL").keySet())
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision");
        assertThat(dockerfile.pairs("ARG")).containsEntry("VERSION", Repository.version());
    }

    @Test
    void copies_only_what_is_there_and_let_through() {
        Stream<String> sources = dockerfile.all("COPY").stream()
                .map(Instruction::rest)
                .filter(rest -> !rest.startsWith("--from="))
                .flatMap(rest ->
                        Arrays.stream(rest.substring(0, rest.lastIndexOf(' ')).split(" ")));

        assertThat(sources).isNotEmpty().allSatisfy(source -> {
            assertThat(Repository.file(source)).exists();
            assertThat(ignored.keepsOut(source)).as("%s is ignored", source).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                "miasma.key",
                "miasma.properties",
                "models/default.json",
                "streams-app/target/classes",
                "streams-app/src/test/java",
                "src/docs/README.md",
                "docker-compose.yml"
            })
    void keeps_everything_else_out_of_the_build(String path) {
        assertThat(ignored.keepsOut(path)).isTrue();
    }

    @Test
    void gives_the_jvm_the_flags_of_the_launcher_and_those_of_a_container() throws IOException {
        List<String> flags = Files.readAllLines(Repository.file("src/docker/jvm.options")).stream()
                .filter(line -> line.startsWith("-"))
                .toList();
        String launcher = Files.readString(Repository.file("miasma"));
        List<String> launcherFlags = Pattern.compile("--[\\w-]+=[\\w-]+")
                .matcher(launcher.substring(launcher.indexOf("exec \"$jdk")))
                .results()
                .map(flag -> flag.group())
                .toList();

        assertThat(launcherFlags).hasSize(2);
        assertThat(flags).containsAll(launcherFlags).contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(flags)
                .filteredOn(flag -> flag.startsWith("-XX:MaxRAMPercentage="))
                .hasSize(1);
    }

    @Test
    void leaves_out_what_the_broker_alone_needs() throws IOException {
        String pom = Files.readString(Repository.file("streams-app/pom.xml"));

        assertThat(pom).contains("<outputDirectory>${project.build.directory}/image/lib</outputDirectory>");
        assertThat(dockerfile.image("COPY"))
                .extracting(Instruction::rest)
                .contains("--from=build /build/streams-app/target/image/lib/ /opt/miasma/lib/");
    }

    @Test
    void says_which_variables_the_reader_of_this_file_may_rely_on() {
        assertThat(dockerfile.pairs("ENV"))
                .isEqualTo(Map.of(
                        "MIASMA_HTTP_HOST", "0.0.0.0",
                        "MIASMA_HTTP_PORT", "9404",
                        "MIASMA_MODELS_DIR", "/var/lib/miasma/models",
                        "MIASMA_STATE_DIR", "/var/lib/miasma/state"));
    }
}
