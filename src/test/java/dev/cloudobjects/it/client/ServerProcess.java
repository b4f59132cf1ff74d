package dev.cloudobjects.it.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server of a test's own, at the port {@code it.bare.http.port}, with all its files in one folder. */
public final class ServerProcess implements AutoCloseable {

    private static final String NAME = "own";
    private static final Duration DEPLOYMENT = Duration.ofSeconds(90);
    private static final int PORT = Integer.getInteger("it.bare.http.port");

    private final Path folder;
    private final Path server;
    private final Map<String, String> settings = new HashMap<>(Map.of("CLOUDOBJECTS_DEMO", "true"));

    /** Creates a server; its {@code server.xml} finds the port in {@code HTTP_PORT}. */
    public ServerProcess(Path folder, String serverXml) throws IOException {
        this.folder = folder;
        this.server = folder.resolve("servers").resolve(NAME);
        run("create");
        Files.writeString(server.resolve("server.xml"), serverXml);
        Files.writeString(server.resolve("jvm.options"), "-Xmx384m\n-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n");
        Files.createDirectories(server.resolve("apps"));
    }

    /** Sets an environment variable of the next start. */
    public ServerProcess with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return PORT;
    }

    /** Puts an archive in the place of the application, whether or not the server runs. */
    public void deploy(Path archive) throws IOException {
        Path whole = Files.copy(archive, folder.resolve("next.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, server.resolve("apps/cloud-objects.war"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Starts; returns when the server is up, with or without the application. */
    public ServerProcess start() throws IOException {
        run("start");
        return this;
    }

    /** Waits until the application is ready. */
    public ServerProcess ready() {
        Awaitility.await("the application to be ready")
                .atMost(DEPLOYMENT)
                .ignoreExceptions()
                .until(() -> client().get("/health/ready").text().contains("\"UP\""));
        return this;
    }

    /** All that it has logged since its last start. */
    public String log() throws IOException {
        return Files.readString(server.resolve("logs/messages.log"));
    }

    /** Nobody in particular, at this server. */
    public Client client() {
        return Client.at(URI.create("http://localhost:" + PORT));
    }

    /** Ends the process at once, as the kernel would. It can be started again. */
    public void kill() throws IOException {
        Path pid = folder.resolve("servers/.pid").resolve(NAME + ".pid");
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        if (!process.destroyForcibly()) {
            throw new AssertionError("the server can't be killed");
        }
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        run("stop");
    }

    private void run(String action) throws IOException {
        Path output = folder.resolve(action + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("it.wlp"), "bin/server").toString(), action, NAME)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WLP_USER_DIR", folder.toString());
        builder.environment().put("HTTP_PORT", String.valueOf(PORT));
        builder.environment().putAll(settings);
        builder.environment().put("CLOUDOBJECTS_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("server " + action + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
