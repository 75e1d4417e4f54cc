// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.SensorSettings;
import dev.miasma.score.SensorNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The measured nulls of the sensors that only flag, for people and for programs. */
final class CalibrateSensors {
    private CalibrateSensors() {}

    /** Puts them into the object, with a warning for each that is above what is configured. */
    static void put(List<SensorNull> sensors, ObjectNode json) {
        ArrayNode nodes = json.putArray("sensors");
        for (SensorNull sensor : sensors) {
            ObjectNode node = nodes.addObject().put("sensor", sensor.sensor()).put("key", sensor.key());
            if (sensor.clients() == 0) {
                node.putNull("null").putNull("suggested").putNull("seen");
            } else {
                node.put("null", sensor.rate())
                        .put("suggested", sensor.suggested())
                        .put("seen", sensor.seen());
            }
            node.put("configured", sensor.configured())
                    .put("aboveConfigured", sensor.aboveConfigured())
                    .put("clients", sensor.clients())
                    .put("clientsNeeded", sensor.clientsNeeded())
                    .put("guaranteed", sensor.guaranteed());
        }
        ArrayNode warnings = json.putArray("warnings");
        sensors.stream().filter(SensorNull::aboveConfigured).forEach(sensor -> warnings.add(warning(sensor)));
    }

    /**
     * A table, the lines for the configuration, and the warnings.
     *
     * @param minQueries fewest queries of a client that was used
     */
    static List<String> lines(List<SensorNull> sensors, int minQueries) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-16s%12s%12s%12s  clients", "sensor", "null", "null now", "share seen"));
        sensors.forEach(sensor -> lines.add(row(sensor, minQueries)));
        lines.add("");
        lines.add("# for miasma.properties");
        sensors.forEach(sensor -> lines.add(property(sensor)));
        lines.add("");
        sensors.stream()
                .filter(SensorNull::aboveConfigured)
                .forEach(sensor -> lines.add("WARNING           " + warning(sensor)));
        return lines;
    }

    private static String row(SensorNull sensor, int minQueries) {
        if (sensor.clients() == 0) {
            return String.format(
                    Locale.ROOT,
                    "%-16s%12s%12s%12s  none has %,d queries that it reads",
                    sensor.sensor(),
                    "-",
                    number(sensor.configured()),
                    "-",
                    minQueries);
        }
        return String.format(
                Locale.ROOT,
                "%-16s%12s%12s%12.4f  %,d%s",
                sensor.sensor(),
                number(sensor.suggested()),
                number(sensor.configured()),
                sensor.seen(),
                sensor.clients(),
                sensor.guaranteed()
                        ? ""
                        : String.format(Locale.ROOT, " (too few: %,d are needed)", sensor.clientsNeeded()));
    }

    /** What nothing is known of, or what no configuration takes, is a comment. */
    private static String property(SensorNull sensor) {
        if (sensor.clients() == 0) {
            return "# " + sensor.key() + " was not measured";
        }
        if (sensor.suggested() > SensorSettings.LARGEST_NULL) {
            return "# " + sensor.key() + " would have to be " + number(sensor.suggested()) + ", and "
                    + SensorSettings.LARGEST_NULL + " is the most it takes: "
                    + sensor.key().replace(".null.", ".weight.") + "=0 switches the sensor off";
        }
        return sensor.key() + "=" + number(sensor.suggested());
    }

    private static String warning(SensorNull sensor) {
        String what = sensor.key() + " is " + number(sensor.configured()) + ", but ";
        if (sensor.seen() > sensor.configured()) {
            return what
                    + String.format(
                            Locale.ROOT,
                            "clients reach %.4f, at most %s: the alert budget does not hold for such clients as configured",
                            sensor.seen(),
                            number(sensor.suggested()));
        }
        return what
                + String.format(
                        Locale.ROOT,
                        "these clients are only known to stay under %s: that the alert budget holds for them is not shown"
                                + " (share seen %.4f; more queries of each would tell)",
                        number(sensor.suggested()),
                        sensor.seen());
    }

    /** As a configuration takes it, without a row of zeros. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "").replaceAll("\\.$", ".0");
    }
}
