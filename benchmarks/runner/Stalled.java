import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What two clients that stop reading cost the others: the flow to each reader with them, against that before and after. */
record Stalled(String name, Scale scale) implements Scenario {

    private static final int CONNECTIONS = 100;
    private static final int STALLED = 2;
    private static final int BODY = 16 * 1024;
    private static final Set<String> PEERS = Set.of(Peer.OURS, "ws", "liberty");

    @Override
    public String about() {
        return "Broadcasts of 16 KiB to %d connections, of which 0 or %d never read. What each reader gets, with against without them."
                .formatted(scale.connections(CONNECTIONS), STALLED);
    }

    @Override
    public boolean takes(Peer peer) {
        return PEERS.contains(peer.name());
    }

    @Override
    public double estimate(Peer peer) {
        return 3 * (2 + scale.warmUp() + scale.measured());
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.spread("kept %", "kept", 100),
                Column.of("messages/s, all read", "free_msgs_per_s", 1),
                Column.of("messages/s, two stalled", "msgs_per_s", 1),
                Column.of("p99 ms, all read", "free_p99_us", 1e-3),
                Column.of("p99 ms, two stalled", "each_p99_us", 1e-3));
    }

    @Override
    public boolean moreIsBetter() {
        return true;
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        int connections = scale.connections(CONNECTIONS);
        Map<String, Object> before = flow(lab, peer, connections, 0);
        if (before.containsKey("problem")) {
            return before;
        }
        Map<String, Object> values = new LinkedHashMap<>(flow(lab, peer, connections, STALLED));
        // Once more, so that a server that still gets faster does not seem to gain by it. One that hangs is not asked.
        Map<String, Object> after = values.containsKey("hung") ? before : flow(lab, peer, connections, 0);
        double free = (number(before, "msgs_per_s") + number(after, "msgs_per_s")) / 2;
        values.put("free_msgs_per_s", free);
        values.put("free_p99_us", (number(before, "each_p99_us") + number(after, "each_p99_us")) / 2);
        values.put("kept", number(values, "msgs_per_s") / (connections - STALLED) / (free / connections));
        if (values.remove("hung") != null && !peer.ours()) {
            // That it stands still is the finding.
            values.put("note", values.remove("problem"));
            lab.discard(peer);
        }
        return values;
    }

    private static double number(Map<String, Object> values, String name) {
        return (Double) values.get(name);
    }

    private Map<String, Object> flow(Lab lab, Peer peer, int connections, int stalled) throws IOException, InterruptedException {
        return lab.load(lab.shared(peer))
                .with("--mode", "bcast")
                .with(peer.wire(Work.BROADCAST).orElseThrow(), BODY)
                .with("--conns", connections)
                .with("--window", 4)
                .with("--stalled", stalled)
                .lasting(scale.warmUp(), scale.measured())
                .run();
    }
}
