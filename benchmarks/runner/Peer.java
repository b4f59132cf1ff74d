import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that is measured: a folder of benchmarks/peers with the programs {@code build} and {@code start}. */
record Peer(String name, Path folder) {

    static final String FLOOR = "limit";
    static final String OURS = "cloud-objects";
    /** An earlier version of it, beside it. */
    private static final String BEFORE = OURS + "-before";

    private static final Duration BUILD = Duration.ofMinutes(15);
    private static final Map<Work, Wire> PLAIN = Map.of(Work.ECHO, Wire.plain("/echo"), Work.BROADCAST, Wire.plain("/bcast"));
    private static final Map<String, Map<Work, Wire>> OTHERS =
            Map.of(FLOOR, floor(), "socketio", socketIo(), OURS, cloudObjects(), BEFORE, cloudObjects());

    private static Map<Work, Wire> floor() {
        return Map.of(
                Work.ECHO, Wire.plain("/echo"),
                Work.BROADCAST, Wire.plain("/bcast"),
                Work.BACKLOG, Wire.plain("/k" + Wire.BACKLOG));
    }

    private static Map<Work, Wire> socketIo() {
        String path = "/socket.io/?EIO=4&transport=websocket";
        List<String> greeting = List.of("--eio", "--hello", "40", "--ready-prefix", "40{");
        return Map.of(
                Work.ECHO, new Wire(path, "42[\"e\",%s]", greeting),
                Work.BROADCAST, new Wire(path, "42[\"b\",%s]", greeting),
                Work.BACKLOG, new Wire(path, "42[\"k\",%s]", greeting));
    }

    /** Any client's dialect, without batches; for the backlog that of the SDK, which negotiates them. */
    private static Map<Work, Wire> cloudObjects() {
        String[] plain = {"--ready-prefix", "{\"vkWebSocket\""};
        List<String> sdk = List.of(
                "--subproto", "cloudobjects.v1", "--hello", "{\"type\":\"connect\",\"batch\":true}",
                "--ready-prefix", "{\"type\":\"connected\"");
        return Map.of(
                Work.ECHO, Wire.plain("/ws/bench/pub.echo", plain),
                Work.BROADCAST, Wire.plain("/ws/bench/pub.broadcast", plain),
                Work.BACKLOG, new Wire("/ws/bench/pub.backlog", "{\"type\":\"message\",\"data\":%s}", sdk));
    }

    /** How it is asked for this work, if it can do it. */
    Optional<Wire> wire(Work work) {
        return Optional.ofNullable(OTHERS.getOrDefault(name, PLAIN).get(work));
    }

    /** Where it says that it is ready; without one, it is when it accepts a WebSocket. */
    Optional<String> health() {
        return ours() ? Optional.of("/health/ready") : Optional.empty();
    }

    /** The object that a ticket is for, where a connection needs one. */
    Optional<String> ticketFor() {
        return ours() ? Optional.of("bench/pub.echo") : Optional.empty();
    }

    boolean ours() {
        return name.equals(OURS) || name.equals(BEFORE);
    }

    boolean floorItself() {
        return name.equals(FLOOR);
    }

    /** Builds it; what its program says goes to a log. */
    void build(Path logs) throws InterruptedException {
        Children.Ended ended;
        try {
            ended = Children.run(new ProcessBuilder(folder.resolve("build").toString()), BUILD);
            Files.writeString(logs.resolve(name + "-build.log"), ended.output() + ended.errors());
        } catch (IOException e) {
            throw new Trouble(e.getMessage());
        }
        if (ended.exitCode() != 0) {
            String said = (ended.output() + "\n" + ended.errors()).strip();
            throw new Trouble(said.isEmpty() ? "its build failed" : said.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("WARNING"))
                    .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                    .findFirst()
                    .orElse("its build failed"));
        }
    }

    /**
     * What is in it, as far as its files tell: target/version, which its build may write; or else its package.json, or the
     * first version in its pom.xml or build that has its name.
     */
    String version() throws IOException, InterruptedException {
        Path own = folder.resolve("target/version");
        if (Files.exists(own)) {
            return Files.readString(own).strip();
        }
        Path npm = folder.resolve("package.json");
        if (Files.exists(npm)) {
            Map<String, Object> members = Json.read(Files.readString(npm));
            return members.entrySet().stream().skip(members.size() - 1).findFirst().orElseThrow().getValue() + ", Node.js "
                    + Children.ask("node", "--version");
        }
        for (String file : List.of("pom.xml", "build", "start")) {
            Path path = folder.resolve(file);
            Matcher version = Pattern.compile("(?i)" + Pattern.quote(name) + "[\\w.-]*version[>=]+\"?([0-9][\\w.-]*)")
                    .matcher(Files.exists(path) ? Files.readString(path) : "");
            if (version.find()) {
                return version.group(1);
            }
        }
        return "";
    }
}
