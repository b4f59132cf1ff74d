package dev.cloudobjects.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server as a firewall does: it ends connections that are idle, by a reset or in silence. */
final class Relay implements AutoCloseable {

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    /** A relay to a server, at a free port. */
    Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run("relay", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Resets every connection; further ones are let through. */
    void cut() {
        links.forEach(Link::reset);
    }

    /** Drops, from now on, what those connections send that have sent nothing for so long; tells whether there are any. */
    boolean silence(Duration idle) {
        boolean any = false;
        for (Link link : links) {
            if (System.nanoTime() - link.used > idle.toNanos()) {
                link.silent = true;
                any = true;
            }
        }
        return any;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket there = new Socket();
            there.connect(server);
            Link link = new Link(client, there);
            links.add(link);
            run("relay-out", () -> link.pump(client, there));
            run("relay-back", () -> link.pump(there, client));
        }
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the sockets was closed.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }

    private final class Link {
        private final Socket client;
        private final Socket there;
        private volatile long used = System.nanoTime();
        private volatile boolean silent;

        Link(Socket client, Socket there) {
            this.client = client;
            this.there = there;
        }

        void pump(Socket from, Socket to) throws IOException {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] bytes = new byte[8192];
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    if (!silent) {
                        used = System.nanoTime();
                        out.write(bytes, 0, count);
                    }
                }
            } finally {
                links.remove(this);
            }
        }

        void reset() {
            links.remove(this);
            try {
                client.setSoLinger(true, 0);
                client.close();
                there.close();
            } catch (IOException e) {
                // It has gone.
            }
        }
    }
}
