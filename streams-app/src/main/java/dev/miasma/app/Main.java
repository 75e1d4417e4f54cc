// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.List;

/** Entry point; the only place that ends the process. */
public final class Main {
    private static final String LOG_LEVEL = "miasma.log.level";
    private static final String LOG_FORMAT = "miasma.log.format";
    private static final List<String> LOG_FORMATS = List.of("text", "json");

    private static final int WRONG_USAGE = 2;

    private Main() {}

    /** The demo and the measurements show what happens in their own words, so their logs keep to what is worse. */
    private static void quieten(String[] args) {
        if (args.length == 0 || System.getProperty(LOG_LEVEL) != null) {
            return;
        }
        if (args[0].equals("demo")) {
            System.setProperty(LOG_LEVEL, "WARN");
        } else if (args[0].equals("bench")) {
            // Made-up clients of a made-up model: what the monitor warns of means nothing.
            System.setProperty(LOG_LEVEL, "ERROR");
        }
    }

    /**
     * Chooses the form of the log's lines, before there is a logger.
     *
     * @return whether it is one of those there are
     */
    private static boolean setLogFormat() {
        String format = System.getProperty(LOG_FORMAT, System.getenv().getOrDefault("MIASMA_LOG_FORMAT", "text"));
        if (!LOG_FORMATS.contains(format)) {
            System.err.println("miasma: the log format is '" + format + "': must be one of " + LOG_FORMATS
                    + ", in MIASMA_LOG_FORMAT or -D" + LOG_FORMAT);
            return false;
        }
        System.setProperty(LOG_FORMAT, format);
        return true;
    }

    /** Runs the command line and ends with its exit code. */
    public static void main(String[] args) {
        quieten(args);
        if (!setLogFormat()) {
            System.exit(WRONG_USAGE);
        }
        System.exit(MiasmaCommand.execute(args));
    }
}
