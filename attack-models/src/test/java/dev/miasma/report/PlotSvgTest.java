// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.experiment.Plot;
import dev.miasma.experiment.Plot.Point;
import dev.miasma.experiment.Plot.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotSvgTest {

    static Stream<Plot> plots() {
        return Stream.of(
                SampleResults.lines(4, 6),
                SampleResults.lines(9, 1),
                SampleResults.bars(SampleResults.DATASETS, 6),
                SampleResults.bars(SampleResults.ATTACKS, 2),
                SampleResults.points(28),
                SampleResults.heatMap(SampleResults.DATASETS),
                SampleResults.heatMap(SampleResults.ATTACKS),
                new Plot.Lines("none", "Nothing", "x", "y", List.of(), List.of(), OptionalDouble.empty()),
                new Plot.Bars("none", "Nothing", "y", List.of(), List.of(), OptionalDouble.empty()),
                new Plot.Points("none", "Nothing", "x", "y", List.of()),
                new Plot.HeatMap("none", "Nothing", "x", List.of(), "y", List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("plots")
    void is_a_picture_that_stands_alone_and_says_what_it_shows(Plot plot) throws Exception {
        String svg = PlotSvg.of(plot);

        Element root = parsed(svg).getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(all(root, "title")).containsExactly(plot.title());
        assertThat(all(root, "desc").getFirst()).isNotBlank();
        assertThat(svg)
                .contains("prefers-color-scheme: dark")
                .doesNotContain("href", "url(", "@import", "<script", "<image", "NaN", "Infinity");
        assertThat(svg).isEqualTo(PlotSvg.of(plot));
    }

    @Test
    void lines_have_a_path_a_series_and_a_legend_of_names_that_are_escaped() throws Exception {
        Plot.Lines plot = SampleResults.lines(4, 6);

        Element root = parsed(PlotSvg.of(plot)).getDocumentElement();

        assertThat(all(root, "text"))
                .containsAll(SampleResults.ATTACKS)
                .containsAll(plot.ticks())
                .contains("guessing", plot.x(), plot.y());
        for (int series = 1; series <= 6; series++) {
            assertThat(count(root, "path", "line dash" + series + " s" + series))
                    .isEqualTo(1);
            // One mark a value, one in the legend; the third series lacks a value.
            assertThat(count(root, "path", "mark f" + series)).isEqualTo(series == 3 ? 4 : 5);
        }
        assertThat(PlotSvg.of(plot)).contains("&lt;other data&gt;", "threshold &amp; maximum");
    }

    @Test
    void bars_have_a_bar_a_value_and_the_value_on_top_where_there_is_room() throws Exception {
        Element many = parsed(PlotSvg.of(SampleResults.bars(SampleResults.DATASETS, 6)))
                .getDocumentElement();
        Element few = parsed(PlotSvg.of(SampleResults.bars(SampleResults.DATASETS, 2)))
                .getDocumentElement();

        assertThat(count(many, "rect", "bar f1")).isEqualTo(8);
        assertThat(count(many, "rect", "bar f3")).isEqualTo(7);
        assertThat(count(many, "text", "value")).isZero();
        assertThat(count(few, "text", "value")).isEqualTo(14);
        assertThat(all(many, "text")).containsAll(SampleResults.DATASETS);
    }

    @Test
    void a_bar_of_zero_is_seen() {
        Plot.Bars plot = new Plot.Bars(
                "zero",
                "Zero",
                "share",
                List.of("a"),
                List.of(new Series("none", List.of(OptionalDouble.of(0)))),
                OptionalDouble.empty());

        assertThat(PlotSvg.of(plot)).contains("height=\"1.0\"");
    }

    @Test
    void heat_maps_have_a_figure_a_cell_and_say_where_there_is_none() throws Exception {
        Plot.HeatMap plot = new Plot.HeatMap(
                "map",
                "Map",
                "target",
                List.of("one", "two"),
                "shadow",
                List.of("three", "four"),
                List.of(List.of(0.5, 1.0), List.of(0.8, Double.NaN)));

        Element root = parsed(PlotSvg.of(plot)).getDocumentElement();

        assertThat(all(root, "text"))
                .contains("0.50", "1.00", "0.80", "n/a", "one", "two", "three", "four", "target", "shadow");
        assertThat(count(root, "text", "on0")).isEqualTo(1);
        assertThat(count(root, "text", "on9")).isEqualTo(1);
    }

    @Test
    void every_point_has_its_name() throws Exception {
        Plot.Points plot = SampleResults.points(28);

        Element root = parsed(PlotSvg.of(plot)).getDocumentElement();

        assertThat(all(root, "text"))
                .containsAll(plot.points().stream().map(Point::name).toList());
        assertThat(count(root, "path", "mark f1")).isEqualTo(28);
    }

    @Test
    void names_of_points_in_a_heap_cover_neither_one_another_nor_a_point() {
        PlotNames names = new PlotNames(0, 600, 0, 400);
        List<double[]> points = IntStream.range(0, 8)
                .mapToObj(i -> new double[] {280 + i % 4 * 13, 190 + i / 4 * 11})
                .toList();
        points.forEach(point -> names.keepFree(point[0], point[1], 6));

        List<PlotNames.Box> boxes = points.stream()
                .map(point -> names.place("CIFAR-100", point[0], point[1], 5).box())
                .toList();

        for (int i = 0; i < boxes.size(); i++) {
            for (int other = 0; other < i; other++) {
                assertThat(boxes.get(i).overlap(boxes.get(other))).isZero();
            }
            for (double[] point : points) {
                assertThat(boxes.get(i).has(point[0], point[1])).isFalse();
            }
        }
    }

    @Test
    void words_are_wrapped_and_names_too_wide_for_that_are_slanted() {
        assertThat(PlotText.wrap("one two three", PlotText.width("one two"))).containsExactly("one two", "three");

        String wrapped = PlotSvg.of(SampleResults.heatMap(List.of("a b", "c d")));
        String slanted = PlotSvg.of(SampleResults.bars(
                IntStream.range(0, 9).mapToObj(i -> "incomprehensibility" + i).toList(), 1));

        assertThat(wrapped).doesNotContain("rotate(-35");
        assertThat(Pattern.compile("rotate\\(-35").matcher(slanted).results()).hasSize(9);
    }

    @Test
    void refuses_a_series_that_lacks_values_and_more_series_than_colours() {
        Series two = new Series("two", List.of(OptionalDouble.of(1), OptionalDouble.of(1)));
        Plot lacking = new Plot.Bars("b", "B", "y", List.of("only"), List.of(two), OptionalDouble.empty());
        Plot many = new Plot.Bars(
                "b", "B", "y", List.of("1", "2"), List.of(two, two, two, two, two, two, two), OptionalDouble.empty());

        assertThatThrownBy(() -> PlotSvg.of(lacking)).hasMessage("series 'two' of plot b has 2 values; 1 needed");
        assertThatThrownBy(() -> PlotSvg.of(many)).hasMessage("series are 7; at most 6 needed");
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Element root, String tag) {
        NodeList nodes = root.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> all(Element root, String tag) {
        return elements(root, tag).stream().map(Element::getTextContent).toList();
    }

    private static long count(Element root, String tag, String style) {
        return elements(root, tag).stream()
                .filter(element -> element.getAttribute("class").equals(style))
                .count();
    }
}
