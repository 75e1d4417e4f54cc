// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigSources;
import dev.miasma.config.MiasmaConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration comes from. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties file (default: " + ConfigSources.DEFAULT_FILE + " in this folder, if it is there).")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; goes before file and environment. May be given again.")
    private List<String> assignments = new ArrayList<>();

    MiasmaConfig config() {
        return config(List.of());
    }

    /** With assignments that go before those of {@code --set}. */
    MiasmaConfig config(List<String> before) {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(before);
        return MiasmaConfig.of(ConfigSources.collect(file, System.getenv(), all));
    }
}
