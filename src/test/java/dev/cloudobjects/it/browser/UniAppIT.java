package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.cloudobjects.DocumentTables;
import dev.cloudobjects.sdk.Node;
import dev.cloudobjects.sdk.Npm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The specification's page, built by uni-app as {@code docs/coming-from-vk.md} says, on another origin than the server's. Each build has
 * the page twice: as it is, with {@code encrypt: true}, and without encryption.
 */
class UniAppIT extends InBrowser {

    private static final String SERVER = "http://localhost:" + Integer.getInteger("it.http.port") + "/";
    private static final Path SCRIPTS = Node.TESTS.resolve("uniapp");
    private static final Path PROJECTS = Path.of("target", "uniapp").toAbsolutePath();
    /** Each page, and whether its connections are encrypted. */
    private static final Map<String, Boolean> PAGES = Map.of("pages/index/index", true, "pages/clear/clear", false);
    /** As many at a time as a small machine has processors. */
    private static final int BUILDERS = 2;

    /** How a project lies on the disk. */
    enum Layout {
        CLI("CLI"),
        HBUILDERX("HBuilderX");

        private final String text;

        Layout(String text) {
            this.text = text;
        }
    }

    /** How a project has the SDK. */
    enum Sdk {
        NPM("installed from the tarball"),
        COPIED("folder among the sources");

        private final String text;

        Sdk(String text) {
            this.text = text;
        }
    }

    /** What a project is built for, and where that runs. */
    enum Target {
        H5("H5, production", "Chromium"),
        H5_DEV("H5, development server", "Chromium"),
        MP_WEIXIN("`mp-weixin`", "simulated logic layer");

        private final String text;
        private final String host;

        Target(String text, String host) {
            this.text = text;
            this.host = host;
        }
    }

    /** A project, with the builds of all its targets. */
    record Project(Layout layout, Sdk sdk) {

        Path folder() {
            return PROJECTS.resolve((layout + "-" + sdk).toLowerCase(Locale.ROOT));
        }
    }

    /** A build of a project. */
    record Cell(Target target, Project project) {

        @Override
        public String toString() {
            return String.join(" | ", target.text, project.layout.text, project.sdk.text, "on, off", target.host);
        }
    }

    private static final Map<Project, Future<Path>> BUILDS = new LinkedHashMap<>();

    static Stream<Project> projects() {
        return Stream.of(Layout.values()).flatMap(layout -> Stream.of(Sdk.values()).map(sdk -> new Project(layout, sdk)));
    }

    static Stream<Cell> cells() {
        // By projects: the later ones are built while the first ones run.
        return projects().flatMap(project -> Stream.of(Target.values()).map(target -> new Cell(target, project)));
    }

    /** Builds what the tests use, ahead of them. */
    @BeforeAll
    static void build() throws IOException {
        remove(PROJECTS);
        Path packages = Npm.packages("uniapp");
        ExecutorService builders = Executors.newFixedThreadPool(BUILDERS);
        projects().forEach(project -> BUILDS.put(project, builders.submit(() -> build(packages, project))));
        builders.shutdown();
    }

    @AfterAll
    static void removeProjects() throws Exception {
        for (Future<Path> built : BUILDS.values()) {
            built.get();
        }
        BUILDS.clear();
        remove(PROJECTS);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldRunThePageOfTheSpecification(Cell cell) throws Exception {
        Path folder = BUILDS.get(cell.project()).get();
        switch (cell.target()) {
            case H5 -> useBuild(folder.resolve("dist/h5"));
            case H5_DEV -> useDevelopmentServer(cell.project().layout(), folder);
            case MP_WEIXIN -> PAGES.forEach((page, encrypted) -> useAsMiniProgram(folder.resolve("dist/mp-weixin"), page, encrypted));
        }
    }

    @Test
    void shouldHaveATestForEachRowOfTheDocumentation() throws IOException {
        assertEquals(
                cells().map(cell -> "| " + cell + " |").toList(),
                DocumentTables.rowsBelow("sdk.md", "| built for | project | SDK | `encrypt` | run in |"));
    }

    private static Path build(Path packages, Project project) {
        List<String> command = List.of(
                "node",
                SCRIPTS.resolve("build.js").toString(),
                packages.toString(),
                project.folder().toString(),
                project.layout().name().toLowerCase(Locale.ROOT),
                project.sdk().name().toLowerCase(Locale.ROOT),
                SERVER);
        Node.Outcome outcome = Npm.run(SCRIPTS, Map.of(), command);
        assertEquals(0, outcome.exit(), () -> outcome.out() + outcome.err());
        return project.folder();
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void useBuild(Path built) throws IOException {
        Elsewhere host = new Elsewhere(built);
        try {
            PAGES.keySet().forEach(this::useInBrowser);
        } finally {
            host.close();
        }
    }

    private void useDevelopmentServer(Layout layout, Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("node", "node_modules/@dcloudio/vite-plugin-uni/bin/uni.js")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("uni.log").toFile());
        Path source = layout == Layout.CLI ? folder.resolve("src") : folder;
        builder.environment().putAll(Map.of("PORT", "" + Elsewhere.PORT, "UNI_INPUT_DIR", source.toString()));
        Process process = builder.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || answers(Elsewhere.PORT));
            assertTrue(process.isAlive(), () -> read(folder.resolve("uni.log")));
            PAGES.keySet().forEach(this::useInBrowser);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static void useAsMiniProgram(Path built, String page, boolean encrypted) {
        List<String> command = List.of(SCRIPTS.resolve("mp.js").toString(), built.toString(), page, "" + encrypted);
        Node.Outcome outcome = Node.run(Map.of(), command);
        assertEquals("passed\n", outcome.out(), () -> page + ": " + outcome.err());
    }

    /** Goes through what the page's buttons do. */
    private void useInBrowser(String route) {
        // uni-app's own runtime asks for a picture on a host of its maker's.
        visitors.expectFailingRequests();
        Page page = visitors.arrives(kind -> kind.setLocale("zh-CN")).page();
        page.navigate("http://localhost:" + Elsewhere.PORT + "/#/" + route + "?from=test");
        button(page, "登录账号1").click();
        assertThat(button(page, "发送一条消息给云端")).isVisible();

        button(page, "发送一条消息给云端").click();
        assertThat(page.getByText(Pattern.compile("我:\"你好-"))).isVisible();
        button(page, "云端下发一条消息").click();
        assertThat(page.getByText(Pattern.compile("系统:\"这是只给你发的消息-"))).isVisible();

        assertServerKnowsWhatUniKnows(page);

        button(page, "客户端断开连接").click();
        button(page, "建立连接(signedURL方式)").click();
        button(page, "云端断开连接").click();
        button(page, "模拟测试建立多个连接").click();
        button(page, "强制设备退出登录").click();
        assertThat(page.locator(".login")).hasText("/" + route + "?from=test");
    }

    /** In an event, as vk-unicloud tells it. */
    private static void assertServerKnowsWhatUniKnows(Page page) {
        Object told = page.evaluate(
                """
                async () => {
                  const { vk } = document.querySelector("#app").__vue_app__.config.globalProperties;
                  const socket = await vk.connectWebSocket({ url: "it/pub.caller" });
                  const { who } = await new Promise((resolve) => socket.onMessage(resolve));
                  socket.close();
                  return [who.platform, who.appId, who.os, who.locale, who.token === vk.getVuex("$user.token")];
                }
                """);
        String here = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = here.startsWith("mac") ? "macos" : here.startsWith("windows") ? "windows" : here;
        assertEquals(List.of("h5", "__UNI__1234567", system, "zh-Hans", true), told);
    }

    private static Locator button(Page page, String text) {
        // Not by Pattern.quote, whose form JavaScript does not know.
        Pattern whole = Pattern.compile("^" + text.replaceAll("([()])", "\\\\$1") + "$");
        return page.locator("uni-button", new Page.LocatorOptions().setHasText(whole));
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
