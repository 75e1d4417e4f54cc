// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network that can be cut: bytes wait while it is, and connections stay as they are, as with a pulled cable. */
final class PausableProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean paused;

    private PausableProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A proxy on a free port of its own for another port of this machine. */
    static PausableProxy start(int target) throws IOException {
        PausableProxy proxy = new PausableProxy(new ServerSocket(0, 50, InetAddress.ofLiteral(Ports.LOOPBACK)), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // This is closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket broker;
        try {
            broker = new Socket(InetAddress.ofLiteral(Ports.LOOPBACK), target);
        } catch (IOException e) {
            client.close(); // The broker is down; a client tries again.
            return;
        }
        sockets.add(client);
        sockets.add(broker);
        Thread.ofVirtual().start(() -> copy(client, broker));
        Thread.ofVirtual().start(() -> copy(broker, client));
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                awaitNetwork();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // One side has gone, and the other is closed with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized void awaitNetwork() throws InterruptedException {
        while (paused) {
            wait();
        }
    }

    @Override
    public void close() {
        resume();
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
