package dev.cloudobjects.it.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.boot.Boot;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of the application in one server, one of which is replaced; the server stops at last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralApplicationsIT {

    private static final String APPLICATION =
            """
                <webApplication id="%1$s" name="%1$s" location="%1$s.war" contextRoot="%2$s">
                    <classloader apiTypeVisibility="spec,ibm-api,api,stable,third-party"/>
                    <appProperties><property name="cloudobjects.data.dir" value="${server.config.dir}/data-%1$s"/></appProperties>
                </webApplication>
            """;
    private static final String ECHO = "template/web-socket/pub.echo";
    private static final Path WAR = Path.of(System.getProperty("it.war"));

    private static final int REPLACEMENTS = 2;

    /** The most threads of the server; few, so that each of them soon serves again: see {@link #everyThreadServes}. */
    private static final int THREADS = 8;

    private static final int CALLERS = 4 * THREADS;
    private static final int REQUESTS_OF_A_CALLER = 4;

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Client client;

    /**
     * The application that is replaced later starts first, and has been used, before the other one starts. What the applications of
     * a server share by a name, such as loggers, is then made by the one whose replacement must leave nothing.
     */
    @BeforeAll
    static void start() throws IOException {
        String xml = Files.readString(Path.of("src/main/liberty/config/server.xml"));
        String two = xml.replaceFirst("(?s)<webApplication.*</webApplication>", "<!-- -->")
                .replace("<!-- -->", APPLICATION.formatted("one", "/") + APPLICATION.formatted("two", "/two"))
                .replace("<executor coreThreads=\"64\"/>", "<executor coreThreads=\"4\" maxThreads=\"" + THREADS + "\"/>");
        server = new ServerProcess(folder, two)
                .without("CLOUDOBJECTS_DATA_DIR")
                // What Java keeps as long as there is memory goes at a collection.
                .option("-XX:SoftRefLRUPolicyMSPerMB=0");
        client = server.client();
        server.deploy(WAR, "two.war");
        server.start();
        awaitLog("CWWKZ0001I: [^\n]* two ", 1);
        second().leave();
        server.deploy(WAR, "one.war");
        awaitLog("CWWKZ0001I: [^\n]* one ", 1);
        server.ready();
    }

    private static void awaitLog(String line, int times) {
        Awaitility.await(line)
                .atMost(Duration.ofSeconds(180))
                .until(() -> server.log().split(line, -1).length > times);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Socket second() {
        URI address = URI.create(client.post("/two/connect", "{\"url\":\"" + ECHO + "\"}").ok().text("url"));
        return client.open(address, null).accepted();
    }

    @Test
    @Order(1)
    void shouldDescribeBoth() {
        Reply reply = client.get("/openapi?format=JSON");
        assertEquals(200, reply.status(), reply.text());
        for (String path : new String[] {"/connect", "/two/connect", "/http/router/" + ECHO + ".main", "/two/http/router/" + ECHO + ".main"}) {
            assertTrue(reply.text().contains("\"" + path + "\""), path);
        }
    }

    @Test
    @Order(2)
    void shouldCountEachForItself() {
        try (Socket a = client.connect(ECHO);
                Socket b = client.connect(ECHO);
                Socket c = second()) {
            String metrics = client.get("/metrics?scope=application").text();
            assertTrue(metrics.matches("(?s).*cloudobjects_connections_open\\{[^}]*application=\"one\"[^}]*} 2.0\n.*"), metrics);
            assertTrue(metrics.matches("(?s).*cloudobjects_connections_open\\{[^}]*application=\"two\"[^}]*} 1.0\n.*"), metrics);
        }
    }

    @Test
    @Order(3)
    void shouldLeaveNothingOfApplicationsThatWereReplaced() throws Exception {
        assertEquals(2, classLoaders());
        for (int i = 1; i <= REPLACEMENTS; i++) {
            replaceSecond(i);
            Awaitility.await("two class loaders, after replacement " + i)
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertEquals(2, classLoaders()));
        }
    }

    private static void replaceSecond(int times) throws IOException {
        Socket socket = second();
        server.deploy(WAR, "two.war");
        assertEquals(CloseCode.GOING_AWAY.value(), socket.closed().code());
        awaitLog("CWWKZ0003I: [^\n]* two ", times);
        second().leave();
    }

    /** How many class loaders there are of our applications when all that can go has gone. */
    private static long classLoaders() throws IOException, InterruptedException, ExecutionException {
        everyThreadServes();
        jcmd("GC.run");
        // The database serialises what it writes, for which Java remembers classes until it is asked for one after a collection.
        client.connect(ECHO).leave();
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy " + Boot.class.getName())
                .lines()
                .filter(line -> line.contains(Boot.class.getName() + "/"))
                .count();
    }

    /**
     * A thread of the server keeps the application of its last asynchronous request until it serves another request. Requests one after
     * another may all be served by the same thread; of many at the same time, each thread serves some.
     */
    private static void everyThreadServes() throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            Callable<Void> caller = () -> {
                for (int request = 0; request < REQUESTS_OF_A_CALLER; request++) {
                    assertEquals(200, client.get("/health/live").status());
                }
                return null;
            };
            for (Future<Void> served : callers.invokeAll(Collections.nCopies(CALLERS, caller))) {
                served.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static String jcmd(String command) throws IOException, InterruptedException {
        Path output = folder.resolve("jcmd.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        String.valueOf(server.process().pid()),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, () -> "jcmd " + command);
        return Files.readString(output);
    }

    @Test
    @Order(4)
    void shouldTellItsClientsAtOnceThatItStops() throws IOException {
        Socket first = client.connect(ECHO);
        Socket second = second();
        server.close();
        assertEquals(CloseCode.RESTARTING.value(), first.closed().code());
        assertEquals(CloseCode.RESTARTING.value(), second.closed().code());
        assertTrue(server.quiesced().compareTo(Duration.ofSeconds(5)) < 0, server.log());
    }
}
