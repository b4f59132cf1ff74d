package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows nothing of the project, given the WAR and the server.xml that docs/operations.md shows. */
class FreshServerIT {

    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Pattern SERVER_XML = Pattern.compile("```xml\n(<server.*?</server>)\n```", Pattern.DOTALL);
    private static final Pattern OWN_SERVER = Pattern.compile("```sh\n(\\$wlp/bin/server create .*?)```", Pattern.DOTALL);
    private static final Pattern OPENAPI_XML = Pattern.compile("```xml\n(<mpOpenAPI .*?)```", Pattern.DOTALL);
    private static final int PORT = Integer.getInteger("it.bare.http.port");
    private static final String NAME = "fresh";

    @TempDir
    private Path folder;

    private final Path home = Path.of(System.getProperty("it.wlp"));

    @BeforeEach
    void create() throws Exception {
        assertEquals(0, server("create"));
        Path server = folder.resolve("servers").resolve(NAME);
        Files.writeString(server.resolve("server.xml"), found(SERVER_XML));
        Files.writeString(server.resolve("jvm.options"), ServerProcess.JVM_OPTIONS);
        Files.createDirectories(server.resolve("apps"));
        Files.copy(Path.of(System.getProperty("it.war")), server.resolve("apps/cloud-objects.war"));
    }

    /** Does nothing to a server that a test has stopped. */
    @AfterEach
    void stop() throws Exception {
        server("stop");
    }

    @Test
    void shouldServeTheApplicationWithTheDocumentedLines() throws Exception {
        start();
        Client client = Client.at(URI.create("http://localhost:" + PORT));
        assertEquals("UP", client.get("/health/ready").text("status"));
        assertTrue(client.get("/metrics").text().contains("cloudobjects_connections_open"));
        client.call("template/web-socket/pub.echo.main").ok();
        client.connect("template/web-socket/pub.echo").leave();
    }

    @Test
    void shouldGiveAddressesBehindAnotherContextRoot() throws Exception {
        Path serverXml = folder.resolve("servers").resolve(NAME).resolve("server.xml");
        String atRoot = Files.readString(serverXml);
        assertTrue(atRoot.contains("contextRoot=\"/\""), atRoot);
        String openApi = found(OPENAPI_XML).replace("10.0.0.5", "127.0.0.1");
        Files.writeString(
                serverXml,
                atRoot.replace("contextRoot=\"/\"", "contextRoot=\"/cloud-objects\"").replace("</server>", openApi + "</server>"));
        start();
        Client client = Client.at(URI.create("http://localhost:" + PORT));
        String wish = "{\"url\":\"template/web-socket/pub.echo\"}";
        URI address = URI.create(client.post("/cloud-objects/connect", wish).ok().text("url"));
        assertEquals("/cloud-objects/ws/template/web-socket/pub.echo", address.getPath());
        client.open(address, null).accepted().leave();

        try (Raw root = Raw.exchange(PORT, "GET /cloud-objects?a=b", Map.of("X-Forwarded-Proto", "https"));
                Raw module = Raw.exchange(PORT, "GET /cloud-objects/sdk/index.js", Map.of());
                Raw folder = Raw.exchange(PORT, "GET /cloud-objects/sdk", Map.of("X-Forwarded-Proto", "https"))) {
            assertEquals(302, root.answer().status());
            assertEquals("./cloud-objects/?a=b", root.answer().headers().get("location"));
            assertEquals(200, module.answer().status());
            assertEquals(404, folder.answer().status());
        }
        try (Raw api = Raw.exchange(PORT, "GET /cloud-objects/openapi/ui", Map.of("X-Forwarded-Proto", "https"));
                Raw browser = Raw.exchange(PORT, "GET /cloud-objects/openapi/ui/", Map.of("X-Forwarded-Proto", "https"))) {
            assertEquals(302, api.answer().status());
            assertEquals("https://localhost/cloud-objects/openapi/ui/", api.answer().headers().get("location").replaceFirst(":\\d+", ""));
            assertEquals(200, browser.answer().status());
            assertTrue(browser.answer().body().contains("'/cloud-objects/openapi'"), browser.answer().body());
        }
    }

    @Test
    void shouldDrainBeforeItStopsOnSigterm() throws Exception {
        long pid = start();
        Client client = Client.at(URI.create("http://localhost:" + PORT));
        try (Socket socket = client.connect("template/web-socket/pub.echo")) {
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            assertTrue(process.destroy());
            assertEquals(CloseCode.RESTARTING.value(), socket.closed().code());
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** It is for others than its author, so there must be no account in it whose password everyone knows. */
    @Test
    void shouldRunByTheDocumentedLinesWithoutTheDemo() throws Exception {
        Map<String, String> environment = Map.of("wlp", home.toString());
        String lines = found(OWN_SERVER)
                .replace("$wlp/usr", folder.toString())
                .replace("server run", "server start");
        try {
            assertEquals(0, run(List.of("sh", "-ec", lines), "documented", environment), () -> output("documented"));
            Client client = Client.at(URI.create("http://localhost:" + PORT));
            awaitReady(client);
            assertEquals(404, client.call("template/web-socket/pub.echo.main").code());
            assertEquals(
                    10102,
                    client.call("user/pub/login", "username", "test1", "password", "123456").code());
        } finally {
            run(List.of(home.resolve("bin/server").toString(), "stop", "cloud-objects"), "stop", Map.of());
        }
    }

    private static void awaitReady(Client client) {
        Awaitility.await("the application to be ready")
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> client.get("/health/ready").text("status").equals("UP"));
    }

    private long start() throws IOException, InterruptedException {
        int exit = server("start");
        assertEquals(0, exit, () -> output("start"));
        awaitReady(Client.at(URI.create("http://localhost:" + PORT)));
        return Long.parseLong(
                Files.readString(folder.resolve("servers/.pid/" + NAME + ".pid")).strip());
    }

    private static String found(Pattern block) throws IOException {
        Matcher matcher = block.matcher(Files.readString(DOCUMENT));
        assertTrue(matcher.find(), DOCUMENT + " shows " + block);
        return matcher.group(1);
    }

    private int server(String action) throws IOException, InterruptedException {
        return run(
                List.of(home.resolve("bin/server").toString(), action, NAME), action, Map.of("CLOUDOBJECTS_DEMO", "true"));
    }

    private int run(List<String> command, String action, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(action).toFile());
        builder.environment().put("WLP_USER_DIR", folder.toString());
        builder.environment().put("HTTP_PORT", String.valueOf(PORT));
        builder.environment().put("CLOUDOBJECTS_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), () -> "server " + action + " took too long: " + output(action));
        return process.exitValue();
    }

    private Path log(String action) {
        return folder.resolve(action + ".log");
    }

    private String output(String action) {
        try {
            return Files.readString(log(action));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
