// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

/** Entry point; the only place that ends the process. */
public final class Main {
    private static final String LOG_LEVEL = "miasma.log.level";

    private Main() {}

    /** The demo shows what happens in its own words, so its log keeps to warnings unless told otherwise. */
    private static void quietDemo(String[] args) {
        if (args.length > 0 && args[0].equals("demo") && System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "WARN");
        }
    }

    /** Runs the command line and ends with its exit code. */
    public static void main(String[] args) {
        quietDemo(args);
        System.exit(MiasmaCommand.execute(args));
    }
}
