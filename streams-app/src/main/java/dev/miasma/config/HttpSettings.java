// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.time.Duration;

/**
 * The HTTP side.
 *
 * @param host address to bind
 * @param port port to bind, 0 for a free one
 * @param token bearer token wanted for metrics; empty for none
 * @param stall records waiting and none processed for this long: not live
 * @param rebalanceGrace longest rebalance that still counts as ready
 */
public record HttpSettings(String host, int port, String token, Duration stall, Duration rebalanceGrace) {
    /** Never shows the token. */
    @Override
    public String toString() {
        return "HttpSettings[host=" + host + ", port=" + port + ", token=" + (token.isEmpty() ? "none" : "hidden")
                + ", stall=" + stall + ", rebalanceGrace=" + rebalanceGrace + "]";
    }
}
