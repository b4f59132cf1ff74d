package dev.cloudobjects.it.floods;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.floods.Flood.Kind;
import dev.cloudobjects.it.floods.Pulse.Times;
import dev.cloudobjects.it.objects.StuckObject;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Others are served while strangers flood the server. In the full size, times are held to the figures below, on two cores that
 * nobody else uses, and the server has the collector and the compilers of a server that is not a test's; in the small one, others are
 * not kept waiting for seconds. The times are in {@code target/floods.txt}.
 */
@TestMethodOrder(OrderAnnotation.class)
class FloodsIT {

    private static final boolean FULL = "full".equals(System.getProperty("it.crowd"));
    private static final Duration TIME = Duration.ofSeconds(FULL ? 20 : 3);
    /** So long the flood goes on before anything is measured: the server has compiled what a flood runs by then. */
    private static final Duration WARM_UP = Duration.ofMillis(FULL ? 15_000 : 300);

    private static final double MEDIAN = 2_000;
    private static final Map<String, Double> P99 = Map.of("health", 200.0, "call", 200.0, "echo", 100.0);
    private static final double LOGIN = 3_000;
    private static final String OTHER_ADDRESS = "192.0.2.99";

    /** Of the application or its container; the database's driver tells of a slow machine. */
    private static final Pattern TRACE = Pattern.compile("(?:.*\n){0,3}\tat (?:dev\\.cloudobjects|com\\.ibm\\.ws)\\..*");

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Client nobody;
    private static Client ann;

    @BeforeAll
    static void start() throws IOException {
        Path archive = folder.resolve("floods.war");
        ShrinkWrap.create(ZipImporter.class)
                .importFrom(new File(System.getProperty("it.war")))
                .as(WebArchive.class)
                .addPackage(StuckObject.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(archive.toFile(), true);
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_PROXIES", "127.0.0.1")
                .with("CLOUDOBJECTS_HANDLER_TIMEOUT", "PT6S");
        if (FULL) {
            // As the operations page has it; those of the tests spare memory and the time of compilers.
            for (String option : List.of("-Xmx768m", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4")) {
                server.option(option);
            }
        }
        server.deploy(archive);
        server.start().ready();
        nobody = Client.at(URI.create("http://127.0.0.1:" + server.port())).with("X-Forwarded-For", OTHER_ADDRESS);
        ann = nobody.register();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource
    void shouldServeOthersDuring(Kind kind) throws Exception {
        during(List.of(kind));
    }

    @Order(2)
    @Test
    void shouldServeOthersDuringAllAtOnce() throws Exception {
        during(List.of(Kind.values()));
    }

    private static void during(List<Kind> kinds) throws Exception {
        List<Flood> floods = new ArrayList<>();
        int logged = server.log().length();
        try (Socket echo = ann.connect("template/web-socket/pub.echo")) {
            echo.object();
            for (Kind kind : kinds) {
                floods.add(new Flood(kind, kind.size(FULL), server.port()));
            }
            serve(echo, WARM_UP);
            Map<String, Times> times = serve(echo, TIME);
            double login = Pulse.time(() -> await().pollDelay(Duration.ZERO)
                    .atMost(Client.PATIENCE)
                    .ignoreException(AssertionError.class)
                    .until(() -> nobody.login(ann.username()) != null));
            note(kinds + ": " + times + ", login " + Math.round(login) + " ms");
            times.forEach((what, taken) -> {
                assertTrue(taken.median() <= MEDIAN, what + " " + taken);
                assertTrue(!FULL || taken.p99() <= P99.get(what), what + " " + taken);
            });
            assertTrue(!FULL || login <= LOGIN, "login " + login);
            for (Flood flood : floods) {
                check(flood, kinds.size() == 1);
            }
        } finally {
            nobody.call("it/pub.stuck.release").ok();
            for (Flood flood : floods) {
                flood.close();
            }
        }
        await().atMost(Client.PATIENCE).until(() -> hanging() == 0);
        Matcher trace = TRACE.matcher(server.log().substring(logged));
        assertFalse(trace.find(), () -> "a trace of the stack in the log:\n" + trace.group());
    }

    private static Map<String, Times> serve(Socket echo, Duration time) throws Exception {
        JsonObject said = Client.json("say", "on");
        return new Pulse()
                .of("health", () -> assertEquals("UP", nobody.get("/health/live").text("status")))
                .of("call", () -> ann.call("it/pub.caller.who").ok())
                .of("echo", () -> assertEquals(said, echo.send(said).object()))
                .during(time);
    }

    /** What the clients of a flood itself are told. Together with others, some don't get so far. */
    private static void check(Flood flood, boolean alone) {
        Set<Integer> expected = flood.expected();
        assertTrue(expected.containsAll(flood.statuses()), expected + " but " + flood.statuses());
        if (alone && flood.kind() == Kind.STUCK_HANDLERS) {
            await().atMost(Client.PATIENCE).until(() -> flood.statuses().size() == flood.kind().size(FULL));
            assertEquals(flood.kind().size(FULL), hanging(), "nobody was answered by the end of what hangs");
        }
    }

    private static int hanging() {
        return nobody.call("it/pub.stuck.running").ok().json().getInt("data");
    }

    private static void note(String figures) throws IOException {
        Files.writeString(
                Path.of("target/floods.txt"), figures + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
