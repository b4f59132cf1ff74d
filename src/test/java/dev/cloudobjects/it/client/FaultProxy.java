package dev.cloudobjects.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy in front of the server, with the faults of networks: it delays and drips bytes, holds them back, loses those of
 * one direction, and resets connections. It works on bytes and knows nothing of HTTP. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private static final int BUFFER = 16 * 1024;

    private final int target;
    private final ServerSocket listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Direction> lost = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile boolean held;
    private volatile boolean drips;
    private volatile long delayNanos;

    /** A proxy to a port of this machine. */
    public FaultProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("accept", this::accept);
    }

    /** The same address by way of this proxy. */
    public URI through(URI address) {
        return URI.create(address.toString().replaceFirst("//[^/]*", "//localhost:" + listener.getLocalPort()));
    }

    /** Bytes arrive so much later. */
    public void delay(Duration time) {
        delayNanos = time.toNanos();
    }

    /** Bytes are passed on one by one. */
    public void drip(boolean oneByOne) {
        drips = oneByOne;
    }

    /** Nothing is passed on in either direction, and nothing is lost, until {@link #release}. */
    public void hold() {
        held = true;
    }

    /** What was held is passed on. */
    public void release() {
        synchronized (gate) {
            held = false;
            gate.notifyAll();
        }
    }

    /** From now on what goes this way is read and lost; neither end is told. */
    public void lose(Direction way) {
        lost.add(way);
    }

    /** New connections are whole again; those of which bytes were lost stay as they are until they are reset. */
    public void heal() {
        lost.clear();
    }

    /** Resets every connection. */
    public void reset() {
        connections.forEach(Connection::reset);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
        release();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Connection connection = new Connection(listener.accept());
                connections.add(connection);
                run("to server", () -> connection.pump(Direction.TO_SERVER));
                run("to client", () -> connection.pump(Direction.TO_CLIENT));
            } catch (IOException e) {
                // It was closed, or the server is away: the client is told by the end of its socket.
            }
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, "fault-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitRelease() throws InterruptedException {
        synchronized (gate) {
            while (held) {
                gate.wait();
            }
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;

        Connection(Socket client) throws IOException {
            this.client = client;
            try {
                this.server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException e) {
                client.close();
                throw e;
            }
        }

        void pump(Direction way) {
            Socket from = way == Direction.TO_SERVER ? client : server;
            Socket to = way == Direction.TO_SERVER ? server : client;
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitRelease();
                    LockSupport.parkNanos(delayNanos);
                    if (!lost.contains(way)) {
                        write(out, buffer, read);
                    }
                }
                if (!lost.contains(way)) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        private void write(OutputStream out, byte[] buffer, int length) throws IOException {
            if (!drips) {
                out.write(buffer, 0, length);
                return;
            }
            for (int i = 0; i < length; i++) {
                out.write(buffer, i, 1);
                out.flush();
            }
        }

        void reset() {
            connections.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It is closed already.
                }
            }
        }
    }
}
