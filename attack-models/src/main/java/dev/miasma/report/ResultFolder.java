// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.Plot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Results in a folder: for each experiment a page, its plots and a JSON object, and a page that lists the pages. A file
 * is there whole or not at all, so a run may be stopped at any time.
 */
public final class ResultFolder {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-]+");

    private final Path folder;

    /**
     * @param folder made if it isn't there
     */
    public ResultFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes an experiment's page, plots and object over what was there of it.
     *
     * @throws IOException naming the file, if it can't be written
     * @throws IllegalArgumentException if a name is no name of a file
     */
    public void write(ExperimentResult result, ResultHeader header) throws IOException {
        Files.createDirectories(folder);
        for (Plot plot : result.plots()) {
            write(requireName(plot.name()) + ".svg", PlotSvg.of(plot));
        }
        write(requireName(result.name()) + ".md", ResultMarkdown.page(result, header));
        write(result.name() + ".json", ResultJson.of(List.of(result), header) + "\n");
    }

    /**
     * Writes the page that lists all experiments of which there are results here, those of earlier runs among them.
     *
     * @param names of all experiments, in the order of the list
     * @throws IOException naming the file, if it can't be read or written
     */
    public void writeIndex(List<String> names) throws IOException {
        List<ResultSummary> summaries = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(requireName(name) + ".json");
            if (Files.exists(file)) {
                summaries.addAll(ResultJson.summaries(Files.readString(file)));
            }
        }
        Files.createDirectories(folder);
        write("README.md", ResultMarkdown.index(summaries));
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '" + name + "'; letters, digits and hyphens needed");
        }
        return name;
    }

    private void write(String name, String text) throws IOException {
        Path unfinished = folder.resolve(name + ".part");
        Files.writeString(unfinished, text, StandardCharsets.UTF_8);
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
