// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.experiment.Cell;
import dev.miasma.experiment.Check;
import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.PaperFigure;
import dev.miasma.experiment.Plot;
import dev.miasma.experiment.ResultTable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as one JSON object. A number is a number, with all its digits; a figure there is not is null. */
public final class ResultJson {

    private static final String FORMAT = "miasma-experiments";
    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    private ResultJson() {}

    /** The object's text, indented, without a line feed at the end. */
    public static String of(List<ExperimentResult> results, ResultHeader header) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("program", header.program())
                .put("seed", header.study().seed())
                .put("quick", header.study().quick());
        header.study().datasets().forEach(json.putArray("datasets")::add);
        header.leftOut().forEach(json.putArray("leftOut")::add);
        List<Check> checks =
                results.stream().flatMap(result -> result.checks().stream()).toList();
        json.put("checksThatHold", checks.stream().filter(Check::holds).count()).put("checks", checks.size());
        ArrayNode experiments = json.putArray("experiments");
        results.forEach(result -> experiments.add(experiment(result)));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode experiment(ExperimentResult result) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", result.name())
                .put("title", result.title())
                .put("about", result.about());
        ArrayNode tables = json.putArray("tables");
        result.tables().forEach(table -> tables.add(table(table)));
        ArrayNode plots = json.putArray("plots");
        for (Plot plot : result.plots()) {
            plots.addObject().put("title", plot.title()).put("file", plot.name() + ".svg");
        }
        ArrayNode checks = json.putArray("checks");
        for (Check check : result.checks()) {
            checks.addObject()
                    .put("claim", check.claim())
                    .put("holds", check.holds())
                    .put("seen", check.seen());
        }
        result.notes().forEach(json.putArray("notes")::add);
        ArrayNode figures = json.putArray("paperFigures");
        for (PaperFigure figure : result.sources()) {
            figures.addObject()
                    .put("value", figure.value())
                    .put("source", figure.source())
                    .put("certainty", figure.certainty().name().toLowerCase(Locale.ROOT))
                    .put("mark", figure.certainty().mark());
        }
        return json;
    }

    private static ObjectNode table(ResultTable table) {
        ObjectNode json = MAPPER.createObjectNode().put("title", table.title());
        table.columns().forEach(json.putArray("columns")::add);
        ArrayNode rows = json.putArray("rows");
        for (List<Cell> row : table.rows()) {
            ArrayNode cells = rows.addArray();
            row.forEach(cell -> add(cells, cell));
        }
        return json;
    }

    private static void add(ArrayNode cells, Cell cell) {
        if (cell.value().isEmpty()) {
            cells.add(cell.text().isEmpty() || ResultMarkdown.isNone(cell) ? null : cell.text());
            return;
        }
        double value = cell.value().getAsDouble();
        if (!Double.isFinite(value)) {
            cells.addNull();
        } else if (value == Math.rint(value) && cell.text().indexOf('.') < 0) {
            cells.add((long) value);
        } else {
            cells.add(value);
        }
    }

    /** One line on each experiment in such an object; nothing if the text isn't one. */
    static List<ResultSummary> summaries(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return List.of();
        }
        if (!FORMAT.equals(json.path("format").asText()) || json.path("version").asInt() != VERSION) {
            return List.of();
        }
        List<String> datasets = new ArrayList<>();
        json.path("datasets").forEach(name -> datasets.add(name.asText()));
        List<ResultSummary> summaries = new ArrayList<>();
        for (JsonNode experiment : json.path("experiments")) {
            int held = 0;
            for (JsonNode check : experiment.path("checks")) {
                held += check.path("holds").asBoolean() ? 1 : 0;
            }
            summaries.add(new ResultSummary(
                    experiment.path("name").asText(),
                    experiment.path("title").asText(),
                    held,
                    experiment.path("checks").size(),
                    json.path("quick").asBoolean(),
                    json.path("seed").asLong(),
                    datasets));
        }
        return summaries;
    }
}
