package dev.cloudobjects.socket.servlet;


import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.loop.ByteSocket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether the sockets of this server can be used: the server connects to itself, takes the socket of that connection as it
 * would for a client, and echoes on it. So no client loses its connection on a server that does not give its sockets away.
 */
public final class SelfTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int END_OF_HEAD = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    /** The outcome of one test. */
    private enum Outcome {
        SERVED,
        /** Upgraded, but nothing was echoed: a client would have lost its connection. */
        NOT_SERVED,
        /** Not upgraded, so the test is inconclusive. */
        INCONCLUSIVE
    }

    /**
     * The time limits.
     *
     * @param answer until the handshake is answered
     * @param served from then until the echo is received
     * @param pause between two tests
     */
    public record Times(Duration answer, Duration served, Duration pause) {}

    private final SocketAvailability availability;
    private final SocketAccess sockets;
    private final SocketExecutors executors;
    private final Times times;
    private final byte[] secret = new byte[BYTES];
    private final AtomicBoolean running = new AtomicBoolean();

    public SelfTest(SocketAvailability availability, SocketAccess sockets, SocketExecutors executors, Times times) {
        this.availability = availability;
        this.sockets = sockets;
        this.executors = executors;
        this.times = times;
        RANDOM.nextBytes(secret);
    }

    /**
     * Tests the targets in order, on a thread of its own, until one test is conclusive.
     *
     * @return whether a test was started: not while another runs, nor in the pause after it
     */
    public boolean start(List<SelfTestTarget> targets) {
        if (targets.isEmpty() || availability.isUnavailable() || running.getAndSet(true)) {
            return false;
        }
        Thread thread = new Thread(() -> run(targets), "cloudobjects-self-test");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    private void run(List<SelfTestTarget> targets) {
        try {
            for (SelfTestTarget target : targets) {
                if (test(target)) {
                    break;
                }
            }
            Thread.sleep(times.pause().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(false);
        }
    }

    /** Returns whether the test of this target was conclusive. A failed test is repeated once, because the server may just have been slow. */
    private boolean test(SelfTestTarget target) {
        Outcome outcome = ask(target);
        if (outcome == Outcome.NOT_SERVED && !availability.isUnavailable()) {
            outcome = ask(target);
        }
        switch (outcome) {
            case SERVED -> availability.markAvailable();
            case NOT_SERVED -> availability.markUnavailable("a socket that was taken was not served within " + times.served());
            case INCONCLUSIVE -> {}
        }
        return outcome != Outcome.INCONCLUSIVE;
    }

    private Outcome ask(SelfTestTarget target) {
        boolean upgraded = false;
        try (SocketChannel channel = SocketChannel.open()) {
            Socket socket = channel.socket();
            socket.connect(target.address(), millis(times.answer()));
            socket.setSoTimeout(millis(times.answer()));
            socket.getOutputStream().write(handshake(target).getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            upgraded = head(in).startsWith("HTTP/1.1 101 ");
            if (!upgraded) {
                return Outcome.INCONCLUSIVE;
            }
            socket.setSoTimeout(millis(times.served()));
            socket.getOutputStream().write(secret);
            return Arrays.equals(secret, in.readNBytes(BYTES)) ? Outcome.SERVED : Outcome.NOT_SERVED;
        } catch (IOException | RuntimeException e) {
            return upgraded ? Outcome.NOT_SERVED : Outcome.INCONCLUSIVE;
        }
    }

    private String handshake(SelfTestTarget target) {
        return String.join(
                "\r\n",
                "GET " + target.contextPath() + "/ws/" + HexFormat.of().formatHex(secret) + " HTTP/1.1",
                "Host: " + target.host(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(secret),
                "\r\n");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int last = 0; last != END_OF_HEAD && head.size() < LONGEST_HEAD; ) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
            last = last << Byte.SIZE | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int millis(Duration time) {
        return (int) time.toMillis();
    }

    // The side of the server

    /** Whether this handshake is that of a self-test. */
    public boolean isOwn(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null
                && MessageDigest.isEqual(
                        ("/" + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII),
                        path.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the socket, and echoes what it receives. */
    public void serve(WebConnection connection) {
        try {
            ByteSocket socket = sockets.take(connection);
            socket.start(new Echo(socket));
        } catch (IOException e) {
            // The client is the self-test, which has not disconnected.
            availability.markUnavailable(e.toString());
        }
    }

    private final class Echo implements ByteSocket.Reader {

        private final ByteSocket socket;

        Echo(ByteSocket socket) {
            this.socket = socket;
        }

        @Override
        public long read(byte[] bytes, int length) {
            socket.write(
                    failure -> {
                        // The self-test receives no echo.
                    },
                    ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
            return 0;
        }

        @Override
        public void ended(@Nullable IOException failure) {
            executors.runClose(socket::close);
        }
    }
}
