import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a scenario measures with: servers, one of each kind that stays and as many fresh ones as it needs, and the load generator. */
final class Lab implements AutoCloseable {

    private static final int PORTS = 1000;

    private final Folders folders;
    private final Path load;
    private final int firstPort;
    private final Map<String, Server> shared = new LinkedHashMap<>();
    private int ports;

    Lab(Folders folders, Path load, int firstPort) {
        this.folders = folders;
        this.load = load;
        this.firstPort = firstPort;
    }

    Folders folders() {
        return folders;
    }

    /** The one that stays for the whole run; a new one, if it ended or was {@linkplain #discard discarded}. */
    Server shared(Peer peer) throws IOException, InterruptedException {
        Server server = shared.get(peer.name());
        if (server == null || !server.alive()) {
            server = Server.start(peer, port(), folders.logs());
            shared.put(peer.name(), server);
        }
        return server;
    }

    /** Measures one that nobody has used, and ends it. A smoke test saves the time and takes the one that stays. */
    Map<String, Object> onFresh(Peer peer, Scale scale, Task task) throws IOException, InterruptedException {
        if (scale.smoke()) {
            return task.measure(shared(peer));
        }
        try (Server server = Server.start(peer, port(), folders.logs())) {
            return task.measure(server);
        }
    }

    /** What is measured of a server. */
    interface Task {
        Map<String, Object> measure(Server server) throws IOException, InterruptedException;
    }

    Load load(Server server) {
        return new Load(load, server);
    }

    /** Opens connections that say nothing. */
    Load connects(Server server, int connections) {
        return load(server)
                .with("--mode", "connect")
                .with(server.peer().wire(Work.ECHO).orElseThrow(), 0)
                .with("--conns", connections);
    }

    /** Ends the one that stays, because it can't be trusted any more. */
    void discard(Peer peer) {
        Server server = shared.remove(peer.name());
        if (server != null) {
            server.close();
        }
    }

    private int port() throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = firstPort + ports++ % PORTS;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody else's.
            }
        }
        throw new IOException("no free port from " + firstPort + " on");
    }

    @Override
    public void close() {
        shared.values().forEach(Server::close);
    }
}
