import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the encrypted channel adds to a broadcast of 1 KiB: by EncryptionCost.java, which has the channel's client side. */
record Encrypted(String name, Scale scale) implements Scenario {

    private static final int CONNECTIONS = 1000;

    @Override
    public String about() {
        return "Broadcasts of 1 KiB to %,d SDK connections, encrypted against clear, one under way. Processor time per delivery."
                .formatted(scale.connections(CONNECTIONS));
    }

    @Override
    public boolean takes(Peer peer) {
        return peer.ours();
    }

    @Override
    public double estimate(Peer peer) {
        return scale.smoke() ? 6 : 45;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.spread("encrypted, × clear", "ratio", 1),
                Column.spread("clear µs", "clear_us", 1),
                Column.spread("encrypted µs", "encrypted_us", 1));
    }

    @Override
    public Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException {
        Server server = lab.shared(peer);
        Children.Ended ended = Children.run(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp", peer.folder().resolve("target/WEB-INF/classes").toString(),
                        lab.folders().benchmarks().resolve("EncryptionCost.java").toString(),
                        "http://127.0.0.1:" + server.port(),
                        String.valueOf(server.pid()),
                        "1",
                        String.valueOf(scale.connections(CONNECTIONS))),
                Duration.ofMinutes(5));
        String last = ended.output().lines().reduce("", (_, line) -> line);
        if (ended.exitCode() != 0 || !last.startsWith("{")) {
            String said = ended.errors().lines().filter(line -> line.contains("Exception")).findFirst().orElse(last);
            throw new IOException("EncryptionCost: " + said);
        }
        return new LinkedHashMap<>(Json.read(last));
    }
}
