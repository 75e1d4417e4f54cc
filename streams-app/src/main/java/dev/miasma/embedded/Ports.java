// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports for a broker. */
final class Ports {
    /** The literal, because {@code localhost} may resolve to an IPv6 address first. */
    static final String LOOPBACK = "127.0.0.1";

    // Below the ranges from which Linux and macOS draw the ports of outgoing connections: while a broker is down, its
    // clients keep dialling, and one of them must not be given the broker's own port.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    /**
     * A port that is free now; another process may still take it before the caller does.
     *
     * @throws EmbeddedKafkaException if none was found
     */
    static int anyFree() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedKafkaException("no free port on " + LOOPBACK + " between " + LOWEST + " and " + HIGHEST);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // As the broker does: a connection that is still fading out is no obstacle.
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
            return true;
        } catch (IOException occupied) {
            return false;
        }
    }
}
