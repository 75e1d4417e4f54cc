// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/** What the trainer is built for. Newer engines have no native part that fits. */
final class DjlVersions {

    static final String DJL = "0.35.1";
    static final String PYTORCH = "2.7.1";

    private DjlVersions() {}
}
