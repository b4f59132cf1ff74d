import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Messages flow: in a closed loop, where each that has arrived everywhere makes room for the next, or at a given rate.
 *
 * @param window messages under way at once
 * @param rate messages a second, or 0 for a closed loop
 */
record Traffic(String name, String about, Work work, int connections, int window, int rate, Scale scale) implements Scenario {

    static Traffic broadcast(String name, int connections, Scale scale) {
        String about = "One of %,d connections sends, all receive, four messages under way; no batches. Processor time of the server per delivery."
                .formatted(scale.connections(connections));
        return new Traffic(name, about, Work.BROADCAST, scale.connections(connections), 4, 0, scale);
    }

    static Traffic backlog(String name, int connections, Scale scale) {
        String about = ("Each message is sent to all of %,d connections eight times at once. Cloud Objects may join what waits "
                        + "for a connection in one frame, as its SDK negotiates; the others write eight. Processor time per message.")
                .formatted(scale.connections(connections));
        return new Traffic(name, about, Work.BACKLOG, scale.connections(connections), 1, 0, scale);
    }

    static Traffic echo(String name, int connections, Scale scale) {
        String about = "Each of %,d connections sends a message, and the next when it has come back. Processor time per message."
                .formatted(scale.connections(connections));
        return new Traffic(name, about, Work.ECHO, scale.connections(connections), 1, 0, scale);
    }

    static Traffic paced(String name, int connections, int rate, Scale scale) {
        String about = "%d broadcasts a second to %,d connections, whether or not the last has arrived. Time from sending to each delivery."
                .formatted(rate, scale.connections(connections));
        return new Traffic(name, about, Work.BROADCAST, scale.connections(connections), 1, rate, scale);
    }

    static Traffic incoming(String name, int rate, Scale scale) {
        String about = ("One of two connections sends %d messages a second, whether or not the last has come back to both. "
                        + "Time from sending to each delivery.")
                .formatted(rate);
        return new Traffic(name, about, Work.BROADCAST, 2, 1, rate, scale);
    }

    @Override
    public boolean takes(Peer peer) {
        return peer.wire(work).isPresent();
    }

    @Override
    public double estimate(Peer peer) {
        return 1 + connections / 2000.0 + scale.warmUp() + scale.measured();
    }

    @Override
    public List<Column> columns() {
        Column cost = Column.timesFloor("server_cpu_us_per_msg");
        Column each = Column.spread("CPU µs per message", "server_cpu_us_per_msg", 1);
        Column flow = Column.of("messages/s", "msgs_per_s", 1);
        Column p50 = Column.of("p50 ms", "each_p50_us", 1e-3);
        Column p99 = Column.spread("p99 ms", "each_p99_us", 1e-3);
        Column p999 = Column.of("p99.9 ms", "each_p999_us", 1e-3);
        return rate > 0 ? List.of(p99, p50, p999, cost, each) : List.of(cost, each, flow, p50, p99);
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        Load load = lab.load(lab.shared(peer))
                .with("--mode", work == Work.ECHO ? "echo" : "bcast")
                .with(peer.wire(work).orElseThrow(), 0)
                .with("--conns", connections)
                .with("--window", window)
                .with("--rate", rate)
                .lasting(scale.warmUp(), scale.measured());
        if (work == Work.BACKLOG) {
            load.with("--fanout", Wire.BACKLOG).batched();
        }
        return load.run();
    }
}
