package dev.cloudobjects.it.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server of a test's own, at the port {@code it.bare.http.port}, with all its files in one folder. */
public final class ServerProcess implements AutoCloseable {

    /** The {@code jvm.options} of servers under test: small, and in the locale of the tests. */
    public static final String JVM_OPTIONS = "-Xmx384m\n-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n"
            + System.getProperty("it.locale").replace(' ', '\n') + "\n";

    private static final String NAME = "own";
    private static final Duration DEPLOYMENT = Duration.ofSeconds(180);
    private static final int PORT = Integer.getInteger("it.bare.http.port");

    private final Path folder;
    private final Path server;
    private final Set<String> without = new HashSet<>();
    private final Map<String, String> settings = new HashMap<>(Map.of("CLOUDOBJECTS_DEMO", "true"));

    /** Creates a server; its {@code server.xml} finds the port in {@code HTTP_PORT}. */
    public ServerProcess(Path folder, String serverXml) throws IOException {
        this.folder = folder;
        this.server = folder.resolve("servers").resolve(NAME);
        run("create");
        Files.writeString(server.resolve("server.xml"), serverXml);
        Files.writeString(server.resolve("jvm.options"), JVM_OPTIONS);
        Files.createDirectories(server.resolve("apps"));
    }

    /** Sets an environment variable of the next start. */
    public ServerProcess with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Leaves an environment variable out of the next start. */
    public ServerProcess without(String variable) {
        without.add(variable);
        return this;
    }

    /** Adds an option of the JVM to the next start. */
    public ServerProcess option(String option) throws IOException {
        Files.writeString(server.resolve("jvm.options"), option + "\n", StandardOpenOption.APPEND);
        return this;
    }

    /** The port that it listens on. */
    public int port() {
        return PORT;
    }

    /** Puts an archive in the place of the application, whether or not the server runs. */
    public void deploy(Path archive) throws IOException {
        deploy(archive, "cloud-objects.war");
    }

    /** Puts an archive in the place of this application. */
    public void deploy(Path archive, String application) throws IOException {
        Path whole = Files.copy(archive, folder.resolve("next.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, server.resolve("apps").resolve(application), StandardCopyOption.REPLACE_EXISTING);
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

    /** Its process. */
    public ProcessHandle process() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).orElseThrow();
    }

    private Path pid() {
        return folder.resolve("servers/.pid").resolve(NAME + ".pid");
    }

    /** Ends the process at once, as the kernel would. It can be started again. */
    public void kill() throws IOException {
        ProcessHandle process = process();
        if (!process.destroyForcibly()) {
            throw new AssertionError("the server can't be killed");
        }
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Stops it, by {@code server stop}. Does nothing to one that has stopped. */
    @Override
    public void close() throws IOException {
        if (Files.exists(pid()) && ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).isPresent()) {
            run("stop");
        }
    }

    /** How long it took to have clients and requests end, when it was stopped. */
    public Duration quiesced() throws IOException {
        return logged("CWWKE1101I").minus(logged("CWWKE1100I"));
    }

    /** The time of day of a message. */
    private Duration logged(String message) throws IOException {
        Matcher line = Pattern.compile("(\\d+):(\\d\\d):(\\d\\d):(\\d{3}) .*" + message).matcher(log());
        if (!line.find()) {
            throw new AssertionError("no " + message + ": " + log());
        }
        return Duration.ofHours(Long.parseLong(line.group(1)))
                .plusMinutes(Long.parseLong(line.group(2)))
                .plusSeconds(Long.parseLong(line.group(3)))
                .plusMillis(Long.parseLong(line.group(4)));
    }

    private void run(String action) throws IOException {
        Path output = folder.resolve(action + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("it.wlp"), "bin/server").toString(), action, NAME)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WLP_USER_DIR", folder.toString());
        builder.environment().put("HTTP_PORT", String.valueOf(PORT));
        builder.environment().put("CLOUDOBJECTS_DATA_DIR", folder.resolve("data").toString());
        builder.environment().putAll(settings);
        without.forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            if (!process.waitFor(240, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("server " + action + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
