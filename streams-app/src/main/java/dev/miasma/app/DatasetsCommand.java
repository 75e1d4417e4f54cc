// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.train.DatasetListing;
import dev.miasma.train.DatasetStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the papers' data sets. */
@Command(
        name = "datasets",
        description =
                "Lists the data sets of the papers: how large they are, whose, under which terms, and whether they"
                        + " are there.",
        mixinStandardHelpOptions = true,
        subcommands = DatasetsFetchCommand.class)
final class DatasetsCommand implements Callable<Integer> {
    private static final List<String> HEADINGS =
            List.of("name", "records x features", "classes", "here", "licence", "source");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder to look for them in, each in a folder of its name; their files are read and compared"
                    + " with what was published.")
    private @Nullable Path dataDir;

    @Option(names = "--json", description = "One JSON array on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<DatasetStatus> datasets = DatasetListing.list(Optional.ofNullable(dataDir));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode array = new JsonMapper().createArrayNode();
            datasets.forEach(dataset -> array.add(json(dataset)));
            out.println(array);
        } else {
            table(datasets).forEach(out::println);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    static ObjectNode json(DatasetStatus dataset) {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("name", dataset.name())
                .put("title", dataset.title())
                .put("records", dataset.records())
                .put("features", dataset.features())
                .put("classes", dataset.classes())
                .put("paperSizes", dataset.sizes())
                .put("source", dataset.source())
                .put("licence", dataset.licence());
        ArrayNode addresses = json.putArray("addresses");
        dataset.addresses().forEach(address -> addresses.add(address.toString()));
        dataset.state()
                .ifPresent(state ->
                        json.put("state", state.name().toLowerCase(Locale.ROOT)).put("detail", dataset.detail()));
        return json;
    }

    private static List<String> table(List<DatasetStatus> datasets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (DatasetStatus dataset : datasets) {
            rows.add(List.of(
                    dataset.name(),
                    String.format(Locale.ROOT, "%,d x %,d", dataset.records(), dataset.features()),
                    Integer.toString(dataset.classes()),
                    here(dataset),
                    dataset.licence(),
                    dataset.source()));
        }
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static String here(DatasetStatus dataset) {
        return dataset.state()
                .map(state ->
                        state == DatasetStatus.State.MISSING ? state.words() : state.words() + ": " + dataset.detail())
                .orElse("? (--data-dir)");
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = rows.stream()
                    .mapToInt(other -> other.get(at).length())
                    .max()
                    .orElse(0);
            line.append(row.get(column)).repeat(' ', width - row.get(column).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
