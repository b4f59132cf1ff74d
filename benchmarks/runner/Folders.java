import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are, from the folder {@code benchmarks}. */
record Folders(Path benchmarks) {

    /** From the folder that this was started in: benchmarks, or the one around it. */
    static Folders find() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path benchmarks = Files.isDirectory(here.resolve("benchmarks")) ? here.resolve("benchmarks") : here;
        if (!Files.isDirectory(benchmarks.resolve("peers"))) {
            throw new Trouble("Start it as benchmarks/run.");
        }
        Folders folders = new Folders(benchmarks);
        Files.createDirectories(folders.logs());
        Files.createDirectories(folders.results());
        return folders;
    }

    Path peers() {
        return benchmarks.resolve("peers");
    }

    Path target() {
        return benchmarks.resolve("target");
    }

    Path logs() {
        return target().resolve("logs");
    }

    Path results() {
        return target().resolve("results");
    }
}
