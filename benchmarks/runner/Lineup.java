import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The servers of a run, built, the floor first and ours second; and those that could not be, with the reason. */
record Lineup(List<Peer> peers, Map<String, String> versions, Map<String, String> leftOut) {

    static Lineup build(Folders folders, Options options) throws IOException, InterruptedException {
        List<Peer> ready = new ArrayList<>();
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        for (Peer peer : wanted(folders, options)) {
            try {
                System.out.println("building " + peer.name());
                peer.build(folders.logs());
                ready.add(peer);
                versions.put(peer.name(), peer.version());
            } catch (Trouble e) {
                leaveOut(peer, e.getMessage(), leftOut);
            }
        }
        return new Lineup(ready, versions, leftOut);
    }

    /** Starts the servers that stay; leaves out those that do not come up. */
    Lineup started(Lab lab) throws InterruptedException {
        List<Peer> up = new ArrayList<>();
        Map<String, String> down = new LinkedHashMap<>(leftOut);
        for (Peer peer : peers) {
            try {
                System.out.println("starting " + peer.name());
                lab.shared(peer);
                up.add(peer);
            } catch (IOException e) {
                leaveOut(peer, e.getMessage(), down);
            }
        }
        Map<String, String> upVersions = new LinkedHashMap<>(versions);
        upVersions.keySet().removeAll(down.keySet());
        return new Lineup(up, upVersions, down);
    }

    private static void leaveOut(Peer peer, String why, Map<String, String> leftOut) {
        if (peer.name().equals(Peer.OURS) || peer.floorItself()) {
            throw new Trouble("Nothing can be measured without " + peer.name() + ": " + why);
        }
        System.out.println("  not run: " + why);
        leftOut.put(peer.name(), why);
    }

    private static List<Peer> wanted(Folders folders, Options options) throws IOException {
        List<String> names = new ArrayList<>(List.of(Peer.FLOOR, Peer.OURS));
        try (Stream<Path> entries = Files.list(folders.peers())) {
            entries.filter(folder -> Files.isExecutable(folder.resolve("build")) && Files.isExecutable(folder.resolve("start")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !names.contains(name))
                    .sorted()
                    .forEach(names::add);
        }
        options.servers().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new Trouble("There is no server " + name + "; there are " + String.join(", ", names));
        });
        return names.stream().filter(options::wants).map(name -> new Peer(name, folders.peers().resolve(name))).toList();
    }
}
