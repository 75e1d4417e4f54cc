// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        System.out.println("miasma");
    }
}
