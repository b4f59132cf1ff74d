import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a connection weighs that does nothing, and what it takes of a processor, on a fresh server. */
record Idle(String name, Scale scale) implements Scenario {

    private static final int CONNECTIONS = 5000;
    /** Opened and closed first, so that what a server's first connections load once does not count. */
    private static final int FIRST = 500;

    @Override
    public String about() {
        return ("%,d connections that say nothing, on a fresh server that has seen %d others. Growth of the resident set, and of the "
                        + "heap in use, per connection; Java servers collect their garbage before both readings. Processor time of %d s, less that "
                        + "of as many seconds before.")
                .formatted(scale.connections(CONNECTIONS), scale.connections(FIRST), watched());
    }

    @Override
    public double estimate(Peer peer) {
        return 2.0 * watched() + (scale.smoke() ? 2 : 12 + (peer.ours() ? 12 : 0));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.spread("RSS KiB per connection", "rss_kib_per_conn", 1),
                Column.spread("heap KiB per connection", "heap_kib_per_conn", 1),
                Column.spread("CPU µs a second per connection", "cpu_us_per_conn_s", 1),
                Column.of("RSS MiB before", "rss_before_kb", 1.0 / 1024));
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        int connections = scale.connections(CONNECTIONS);
        return lab.onFresh(peer, scale, server -> {
            lab.connects(server, scale.connections(FIRST)).run();
            Weight before = weigh(server);
            Weight[] after = new Weight[1];
            Map<String, Object> values = new LinkedHashMap<>(
                    lab.connects(server, connections).holding(() -> after[0] = weigh(server)));
            values.remove("rss_kb");
            values.put("rss_before_kb", before.resident() / 1024);
            values.put("rss_kib_per_conn", (after[0].resident() - before.resident()) / 1024.0 / connections);
            values.put("heap_kib_per_conn", (after[0].heap() - before.heap()) / 1024.0 / connections);
            values.put("cpu_us_per_conn_s", (after[0].processor() - before.processor()) * 1e6 / watched() / connections);
            values.values().removeIf(value -> value instanceof Double figure && figure.isNaN());
            return values;
        });
    }

    /** Seconds that are watched for processor time: longer than the interval of pings, which are what an idle connection costs. */
    private int watched() {
        return scale.smoke() ? 1 : 30;
    }

    private record Weight(long resident, double heap, double processor) {}

    private Weight weigh(Server server) throws IOException, InterruptedException {
        // For what is still at work on the connections that have come or gone.
        Thread.sleep(scale.smoke() ? 200 : 2000);
        server.collectGarbage();
        double heap = server.heapBytes();
        double processor = server.processorSeconds();
        Thread.sleep(watched() * 1000L);
        return new Weight(server.residentBytes(), heap, server.processorSeconds() - processor);
    }
}
