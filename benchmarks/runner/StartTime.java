import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the start of the process to the health check that says it is ready, with an empty data folder. */
record StartTime(String name, Scale scale) implements Scenario {

    @Override
    public String about() {
        return "From the command, on an empty folder, to a health check that says UP: an unpacked server of the shipped features, with all embedded.";
    }

    @Override
    public boolean takes(Peer peer) {
        return peer.ours();
    }

    @Override
    public double estimate(Peer peer) {
        return scale.smoke() ? 0.1 : 12;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.spread("seconds", "start_s", 1), Column.of("RSS MiB then", "rss_mib", 1));
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        return lab.onFresh(peer, scale, server -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("start_s", server.startSeconds());
            values.put("rss_mib", server.residentBytes() / 1024.0 / 1024);
            return values;
        });
    }
}
