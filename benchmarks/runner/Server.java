import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer that runs. */
final class Server implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)([KMG])");

    private final Peer peer;
    private final int port;
    private final Process process;
    private final double startSeconds;

    private Server(Peer peer, int port, Process process, double startSeconds) {
        this.peer = peer;
        this.port = port;
        this.process = process;
        this.startSeconds = startSeconds;
    }

    /** Starts it; returns when it is ready. */
    static Server start(Peer peer, int port, Path logs) throws IOException, InterruptedException {
        Path log = logs.resolve(peer.name() + "-" + port + ".log");
        long begin = System.nanoTime();
        Process process = Children.start(new ProcessBuilder(peer.folder().resolve("start").toString(), String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        while (!ready(peer, port)) {
            boolean late = System.nanoTime() - begin > START.toNanos();
            if (late || !process.isAlive()) {
                Children.end(process, Duration.ZERO);
                throw new IOException(peer.name() + (late ? " is not ready after " + START.toSeconds() + " s" : " ended at once")
                        + ", see benchmarks/target/logs/" + log.getFileName());
            }
            Thread.sleep(20);
        }
        return new Server(peer, port, process, (System.nanoTime() - begin) / 1e9);
    }

    private static boolean ready(Peer peer, int port) {
        String path = peer.health().orElseGet(() -> peer.wire(Work.ECHO).orElseThrow().path());
        String upgrade = peer.health().isPresent()
                ? "Connection: close\r\n"
                : "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(2000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + upgrade + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(peer.health().isPresent() ? "200" : "101");
        } catch (IOException e) {
            return false;
        }
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** From its start to when it was ready. */
    double startSeconds() {
        return startSeconds;
    }

    boolean alive() {
        return process.isAlive();
    }

    boolean java() {
        return process.info().command().map(command -> command.endsWith("/java")).orElse(false);
    }

    /** Collects the garbage, where that can be asked for. */
    void collectGarbage() throws InterruptedException {
        if (java()) {
            jcmd("GC.run");
        }
    }

    /** The bytes of heap in use, or not a number if it has none. */
    double heapBytes() throws InterruptedException {
        if (!java()) {
            return Double.NaN;
        }
        double bytes = 0;
        for (String line : jcmd("GC.heap_info").split("\n")) {
            Matcher used = USED.matcher(line);
            if (used.find() && !line.contains("Metaspace") && !line.contains("class space")) {
                bytes += Double.parseDouble(used.group(1)) * (1L << (10 * ("KMG".indexOf(used.group(2)) + 1)));
            }
        }
        return bytes > 0 ? bytes : Double.NaN;
    }

    private String jcmd(String command) throws InterruptedException {
        return Children.ask(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), String.valueOf(pid()), command);
    }

    /** Processor time that it has taken since its start, in seconds; not a number where that is not known. */
    double processorSeconds() {
        return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
    }

    long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    @Override
    public void close() {
        Children.end(process, Duration.ofSeconds(1));
    }
}
