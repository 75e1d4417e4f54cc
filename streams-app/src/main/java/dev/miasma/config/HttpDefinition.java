// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;

/** The definition of the keys about the console, other instances and HTTPS. */
final class HttpDefinition {
    private HttpDefinition() {}

    static void define(ConfigDef def) {
        def.define(
                        ConfigKey.HTTP_ADVERTISED,
                        ConfigDef.Type.STRING,
                        "",
                        new Bounds.HostAndPort(),
                        MEDIUM,
                        "host:port at which other instances reach this one, to ask for the clients it holds. Empty: the "
                                + "address and port bound, or, where all addresses are bound, this machine's.")
                .define(
                        ConfigKey.HTTP_CONSOLE,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        LOW,
                        "Serve the console page; false: the API and metrics alone.")
                .define(
                        ConfigKey.HTTP_TLS_KEYSTORE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "File with key and certificate, PKCS #12 or JKS, to serve HTTPS with. The certificates of other "
                                + "instances are checked against those in it, so add that of a CA. Empty: HTTP.")
                .define(
                        ConfigKey.HTTP_TLS_PASSWORD_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "File with the password of that file and its key.");
    }
}
