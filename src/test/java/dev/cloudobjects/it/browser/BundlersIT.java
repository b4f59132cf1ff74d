package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.cloudobjects.DocumentTables;
import dev.cloudobjects.sdk.Node;
import dev.cloudobjects.sdk.Npm;
import dev.cloudobjects.sdk.SdkProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A small application, built by each bundler that {@code docs/sdk.md} lists, and run on another origin than the server's: see
 * {@code src/test/js/bundlers}.
 */
class BundlersIT extends InBrowser {

    private static final String SERVER = "http://localhost:" + Integer.getInteger("it.http.port") + "/";
    private static final Path SCRIPTS = Node.TESTS.resolve("bundlers");
    private static final String OUTCOME = "answer to client, clear open, webcrypto sealed, noble sealed, no baseUrl 400";
    /** As many at a time as a small machine has processors. */
    private static final int BUILDERS = 2;

    /** What comes out of a bundler. */
    enum Format {
        PAGE("page", true, false),
        ESM("`esm`", true, true),
        IIFE("`iife`", true, false),
        CJS("`cjs`", false, true);

        private final String text;
        private final boolean inBrowser;
        private final boolean inNode;

        Format(String text, boolean inBrowser, boolean inNode) {
            this.text = text;
            this.inBrowser = inBrowser;
            this.inNode = inNode;
        }

        String hosts() {
            return (inBrowser ? "Chromium" : "") + (inBrowser && inNode ? ", " : "") + (inNode ? "Node.js, Node.js 20 with `ws`" : "");
        }
    }

    /** A version of a bundler, by the name that its package has in the set. */
    private record Bundler(String name, String set, List<Format> formats) {

        /** The version that stands in the set, also behind the name that a package is renamed from. */
        String version() {
            String wish = SdkProject.read(SCRIPTS.resolve("package.json")).getJsonObject("devDependencies").getString(set);
            return wish.substring(wish.lastIndexOf('@') + 1);
        }
    }

    /** A build of the application. */
    record Cell(Bundler bundler, Format format) {

        @Override
        public String toString() {
            return String.join(" | ", bundler.name, bundler.version(), format.text, "on, off", format.hosts());
        }
    }

    private static final List<Bundler> BUNDLERS = List.of(
            new Bundler("esbuild", "esbuild", List.of(Format.ESM, Format.IIFE, Format.CJS)),
            new Bundler("vite", "vite-5", List.of(Format.PAGE)),
            new Bundler("vite", "vite", List.of(Format.PAGE)),
            new Bundler("rollup", "rollup", List.of(Format.ESM, Format.IIFE, Format.CJS)),
            new Bundler("parcel", "@parcel/core", List.of(Format.PAGE)),
            new Bundler("webpack", "webpack-5.74", List.of(Format.IIFE)),
            new Bundler("webpack", "webpack-5.90", List.of(Format.IIFE)),
            new Bundler("webpack", "webpack", List.of(Format.IIFE, Format.CJS)));

    private static final Map<Bundler, Future<Path>> BUILDS = new LinkedHashMap<>();

    @TempDir
    private static Path project;

    static Stream<Cell> cells() {
        return BUNDLERS.stream().flatMap(bundler -> bundler.formats().stream().map(format -> new Cell(bundler, format)));
    }

    /** Builds what the tests use, ahead of them: the later ones while the first ones run. */
    @BeforeAll
    static void build() throws IOException {
        Path packages = Npm.packages("bundlers");
        SdkProject.install(project, packages, "@noble/ciphers", "@noble/curves", "@noble/hashes", "ws");
        String main = Files.readString(SCRIPTS.resolve("project/main.js"));
        Files.writeString(project.resolve("main.js"), main.replace("BASE_URL", SERVER));
        ExecutorService builders = Executors.newFixedThreadPool(BUILDERS);
        BUNDLERS.forEach(bundler -> BUILDS.put(bundler, builders.submit(() -> build(packages, bundler))));
        builders.shutdown();
    }

    private static Path build(Path packages, Bundler bundler) {
        List<String> arguments = new ArrayList<>(
                List.of(SCRIPTS.resolve("build.js").toString(), packages.toString(), project.toString(), bundler.set()));
        bundler.formats().forEach(format -> arguments.add(format.name().toLowerCase(Locale.ROOT)));
        Node.Outcome outcome = Node.run(Map.of(), arguments);
        assertEquals("", outcome.out() + outcome.err(), () -> "a build without warnings by " + bundler.set());
        assertEquals(0, outcome.exit());
        return project.resolve("dist").resolve(bundler.set());
    }

    /** The folder is removed after the last build. */
    @AfterAll
    static void waitForBuilds() throws Exception {
        for (Future<Path> built : BUILDS.values()) {
            built.get();
        }
        BUILDS.clear();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldCallAndConnectFromABundleThatKnowsOnlyTheBaseUrl(Cell cell) throws Exception {
        Path built = BUILDS.get(cell.bundler()).get().resolve(cell.format().name().toLowerCase(Locale.ROOT));
        if (cell.format().inBrowser) {
            Elsewhere host = new Elsewhere(built);
            try {
                Page page = visitors.arrives().page();
                page.navigate("http://localhost:" + Elsewhere.PORT + "/");
                assertThat(page).hasTitle(OUTCOME);
            } finally {
                host.close();
            }
        }
        if (cell.format().inNode) {
            String file = built.resolve(cell.format() == Format.CJS ? "main.cjs" : "main.js").toString();
            assertOutcome(Node.run(Map.of(), List.of(file)));
            Path node20 = Npm.node20(Npm.packages("node-20"));
            assertOutcome(Npm.run(project, Map.of(), List.of(node20.toString(), file)));
        }
    }

    private static void assertOutcome(Node.Outcome outcome) {
        assertEquals(OUTCOME + "\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.exit());
    }

    @Test
    void shouldHaveATestForEachRowOfTheDocumentation() throws IOException {
        assertEquals(
                cells().map(cell -> "| " + cell + " |").toList(),
                DocumentTables.rowsBelow("sdk.md", "| bundler | version | format | `encrypt` | run in |"));
    }
}
