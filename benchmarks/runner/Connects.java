import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How fast connections come up, on a fresh server; ours with tickets, each good for one. */
record Connects(String name, Scale scale) implements Scenario {

    private static final int CONNECTIONS = 10_000;
    private static final int FIRST = 2000;

    @Override
    public String about() {
        return ("%,d connects, 128 at once, on a fresh server that has had %,d. Those to Cloud Objects have a ticket each (fetched "
                        + "before), a row in its database and an event; to others, nothing.")
                .formatted(scale.connections(CONNECTIONS), scale.connections(FIRST));
    }

    @Override
    public double estimate(Peer peer) {
        return scale.smoke() ? 2 : 10 + (peer.ours() ? 30 : 0);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.spread("connects/s", "connects_per_s", 1),
                Column.of("CPU µs per connect", "server_cpu_us_per_connect", 1),
                Column.of("failed", "failed", 1));
    }

    @Override
    public boolean moreIsBetter() {
        return true;
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        return lab.onFresh(peer, scale, server -> {
            connect(lab, server, scale.connections(FIRST));
            return connect(lab, server, scale.connections(CONNECTIONS));
        });
    }

    private static Map<String, Object> connect(Lab lab, Server server, int connections) throws IOException, InterruptedException {
        Load load = lab.connects(server, connections);
        if (server.peer().ticketFor().isEmpty()) {
            return load.run();
        }
        Path urls = lab.folders().target().resolve("urls-" + server.port());
        Files.write(urls, Tickets.fetch(server.port(), server.peer().ticketFor().get(), connections));
        try {
            return load.with("--urls", urls).run();
        } finally {
            Files.delete(urls);
        }
    }
}
