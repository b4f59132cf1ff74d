import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the command line asked for. */
record Options(
        boolean help,
        boolean smoke,
        int rounds,
        double seconds,
        Set<String> only,
        Set<String> servers,
        int port,
        Path report,
        String started) {

    static final String USAGE =
            """
            benchmarks/run [options]
              --smoke               one small round of the floor, ws and Cloud Objects; fails if anything did
              --rounds N            counted rounds, after one that warms up (5)
              --seconds S           measured seconds of each traffic measurement (5)
              --only A,B            only these scenarios
              --servers A,B         only these servers, and the floor
              --port N              the first of up to 1000 ports to use (24000)
              --report FILE.jsonl   measures nothing: writes the report of an earlier run anew, beside the file
              --help
            Scenarios: %s
            Servers: the folders of benchmarks/peers
            """
                    .formatted(Scenario.all(new Scale(false, 5)).stream()
                            .map(Scenario::name)
                            .collect(Collectors.joining(", ")));

    static Options parse(String... arguments) {
        boolean help = false;
        boolean smoke = false;
        int rounds = 5;
        double seconds = 5;
        Set<String> only = Set.of();
        Set<String> servers = Set.of();
        int port = 24_000;
        Path report = null;
        for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
            String name = rest.next();
            try {
                switch (name) {
                    case "--help", "-h" -> help = true;
                    case "--smoke" -> smoke = true;
                    case "--rounds" -> rounds = Integer.parseInt(rest.next());
                    case "--seconds" -> seconds = Double.parseDouble(rest.next());
                    case "--only" -> only = names(rest.next());
                    case "--servers" -> servers = names(rest.next());
                    case "--port" -> port = Integer.parseInt(rest.next());
                    case "--report" -> report = Path.of(rest.next());
                    default -> throw new Trouble("Unknown option " + name + "\n" + USAGE);
                }
            } catch (RuntimeException e) {
                throw e instanceof Trouble ? e : new Trouble("The value of " + name + " is missing or wrong\n" + USAGE);
            }
        }
        if (rounds < 1 || seconds <= 0 || port < 1 || port > 64_000) {
            throw new Trouble("A number is out of range\n" + USAGE);
        }
        Set<String> known = Scenario.all(new Scale(smoke, seconds)).stream().map(Scenario::name).collect(Collectors.toSet());
        only.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new Trouble("There is no scenario " + name + "\n" + USAGE);
        });
        String started = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
        return new Options(help, smoke, smoke ? 1 : rounds, seconds, only, servers, port, report, started);
    }

    private static Set<String> names(String list) {
        return new LinkedHashSet<>(Arrays.asList(list.split(",")));
    }

    Scale scale() {
        return new Scale(smoke, seconds);
    }

    /** The scenarios that were asked for. */
    List<Scenario> scenarios(Scale scale) {
        return Scenario.all(scale).stream().filter(any -> only.isEmpty() || only.contains(any.name())).toList();
    }

    /** Whether a server is to be measured, by its name. */
    boolean wants(String server) {
        if (!servers.isEmpty()) {
            return servers.contains(server) || server.equals(Peer.FLOOR);
        }
        return !smoke || Set.of(Peer.FLOOR, Peer.OURS, "ws").contains(server);
    }

    /** Where the report of this run goes. */
    Path reportFolder(Folders folders) {
        return folders.results().resolve(started);
    }

    /** Where the report of an earlier run goes. */
    Path reportFolder() {
        String name = report.getFileName().toString();
        return report.resolveSibling(name.endsWith(".jsonl") ? name.substring(0, name.length() - 6) : name + "-report");
    }
}
