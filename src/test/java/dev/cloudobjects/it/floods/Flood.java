package dev.cloudobjects.it.floods;

import dev.cloudobjects.it.client.Raw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients of one kind, each with an address of its own, that go on until the flood is closed. */
final class Flood implements AutoCloseable {

    /** What a flood is made of, and how many of it there are in the small and in the full size. */
    enum Kind {
        SLOW_BODIES(16, 200, Set.of(408)),
        LOGINS(16, 200, Set.of(200, 429)),
        STUCK_HANDLERS(30, 100, Set.of(504)),
        NESTED_JSON(4, 24, Set.of());

        private final int small;
        private final int full;
        private final Set<Integer> statuses;

        Kind(int small, int full, Set<Integer> statuses) {
            this.small = small;
            this.full = full;
            this.statuses = statuses;
        }

        int size(boolean inFull) {
            return inFull ? full : small;
        }
    }

    private static final int PATIENCE_MILLIS = 30_000;
    /** 63 KB, in lists as deep as they may be. */
    private static final String NESTED = "[" + ("[".repeat(30) + "]".repeat(30) + ",").repeat(1030) + "0]";

    private final Kind kind;
    private final int port;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Begins. */
    Flood(Kind kind, int size, int port) {
        this.kind = kind;
        this.port = port;
        for (int i = 0; i < size; i++) {
            String address = "10." + kind.ordinal() + "." + i / 200 + "." + (i % 200 + 1);
            threads.execute(() -> goOn(address));
        }
    }

    /** The HTTP statuses that its clients were answered. */
    Queue<Integer> statuses() {
        return statuses;
    }

    /** Those that they may be answered. */
    Set<Integer> expected() {
        return kind.statuses;
    }

    Kind kind() {
        return kind;
    }

    private void goOn(String address) {
        try {
            while (!isOver(0)) {
                try {
                    attack(address);
                } catch (IOException | UncheckedIOException | AssertionError e) {
                    // The server has hung up, as it may.
                    isOver(100);
                }
            }
        } catch (InterruptedException e) {
            // So the flood ends.
        }
    }

    private boolean isOver(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    private void attack(String address) throws IOException, InterruptedException {
        switch (kind) {
            case SLOW_BODIES -> drip(address);
            case LOGINS -> post(address, "user/pub/login", "{\"username\":\"u" + System.nanoTime() + "\",\"password\":\"wrong one\"}");
            case STUCK_HANDLERS -> {
                post(address, "it/pub.stuck.hang", "{}");
                over.await();
            }
            case NESTED_JSON -> nest(address);
        }
    }

    private Socket open(String address, String url, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = "POST /http/router/" + url + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nX-Forwarded-For: " + address
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        write(socket, head);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private void answered(Socket socket) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (answer.startsWith("HTTP/1.1 ")) {
            statuses.add(Integer.parseInt(answer.substring(9, 12)));
        }
    }

    private void post(String address, String url, String body) throws IOException {
        try (Socket socket = open(address, url, body.length())) {
            write(socket, body);
            answered(socket);
        }
    }

    /** A byte a second, until the server has an answer to that. */
    private void drip(String address) throws IOException, InterruptedException {
        try (Socket socket = open(address, "template/web-socket/pub.echo.main", 1000)) {
            while (socket.getInputStream().available() == 0) {
                if (isOver(1000)) {
                    return;
                }
                write(socket, " ");
            }
            answered(socket);
        }
    }

    private void nest(String address) throws InterruptedException {
        try (Raw raw = Raw.ask(port, "template/web-socket/pub.echo", Map.of("X-Forwarded-For", address))) {
            CountDownLatch closed = new CountDownLatch(1);
            threads.execute(() -> {
                try {
                    raw.closed();
                } catch (AssertionError e) {
                    // Silent for long.
                } finally {
                    closed.countDown();
                }
            });
            while (closed.getCount() > 0 && !isOver(0)) {
                raw.text(NESTED);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over.countDown();
        threads.shutdownNow();
        if (!threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the flood of " + kind + " does not end");
        }
    }
}
