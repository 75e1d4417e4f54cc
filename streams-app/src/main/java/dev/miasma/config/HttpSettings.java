// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side.
 *
 * @param host address to bind
 * @param port port to bind, 0 for a free one
 * @param token bearer token wanted for metrics and the API; empty for none
 * @param stall records waiting and none processed for this long: not live
 * @param rebalanceGrace longest rebalance that still counts as ready
 * @param advertised host:port that other instances reach this one at; empty for the address bound
 * @param console whether the console page is served
 * @param tls what HTTPS is served with; null for plain HTTP
 */
public record HttpSettings(
        String host,
        int port,
        String token,
        Duration stall,
        Duration rebalanceGrace,
        String advertised,
        boolean console,
        @Nullable TlsSettings tls) {

    /** Plain HTTP with the console, reached by others at the address bound. */
    public HttpSettings(String host, int port, String token, Duration stall, Duration rebalanceGrace) {
        this(host, port, token, stall, rebalanceGrace, "", true, null);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "HttpSettings[host=" + host + ", port=" + port + ", token=" + (token.isEmpty() ? "none" : "hidden")
                + ", stall=" + stall + ", rebalanceGrace=" + rebalanceGrace + ", advertised=" + advertised
                + ", console=" + console + ", tls=" + tls + "]";
    }
}
