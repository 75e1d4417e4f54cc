// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.DatasetFetch;
import dev.miasma.train.DatasetListing;
import dev.miasma.train.DatasetStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a data set. */
@Command(
        name = "fetch",
        description =
                "Downloads a data set from its public address, checks and unpacks it. If that breaks off, the next"
                        + " call goes on from there. Read the licence that 'miasma datasets' shows first.",
        mixinStandardHelpOptions = true)
final class DatasetsFetchCommand implements Callable<Integer> {
    /** Names for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DatasetListing.names().iterator();
        }
    }

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String name = "";

    @Option(
            names = "--data-dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder of all data sets; this one goes into DIR/NAME.")
    private Path dataDir = Path.of("");

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Folder of the web with the same files, to be asked instead of the public address.")
    private @Nullable URI mirror;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!DatasetListing.names().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME is " + name + ": must be one of " + String.join(", ", DatasetListing.names()));
        }
        if (mirror != null && !"http".equals(mirror.getScheme()) && !"https".equals(mirror.getScheme())) {
            throw new ParameterException(
                    spec.commandLine(), "--mirror is " + mirror + ": must begin with http:// or https://");
        }
        PrintWriter out = spec.commandLine().getOut();
        DatasetStatus dataset;
        try (FetchView view =
                new FetchView(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled(), System::nanoTime)) {
            dataset = DatasetFetch.fetch(name, dataDir, Optional.ofNullable(mirror), view);
        }
        out.println(
                json
                        ? DatasetsCommand.json(dataset).toString()
                        : String.format(
                                Locale.ROOT,
                                "%s is in %s: %s. Licence: %s.",
                                dataset.title(),
                                dataDir.resolve(name),
                                dataset.detail(),
                                dataset.licence()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
