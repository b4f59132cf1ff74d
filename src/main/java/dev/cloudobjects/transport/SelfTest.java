package dev.cloudobjects.transport;

import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.transport.Endpoints.Target;
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
 * Has the server connect to itself and take the socket of that connection, as it would a client's: what comes has to go
 * back. So no client is lost to find out that a server keeps its sockets.
 */
final class SelfTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int END_OF_HEAD = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    /** How a connection to oneself went. */
    private enum Outcome {
        SERVED,
        /** Upgraded, and then not served: what a client would have met. */
        SILENT,
        /** Not upgraded, which says nothing of sockets. */
        ELSEWHERE
    }

    /** How long things may take. @param answer of the handshake, @param served from then on, @param pause between tests */
    record Times(Duration answer, Duration served, Duration pause) {}

    private final Reach reach;
    private final SocketAccess sockets;
    private final SocketExecutors lanes;
    private final Times times;
    private final byte[] secret = new byte[BYTES];
    private final AtomicBoolean running = new AtomicBoolean();

    SelfTest(Reach reach, SocketAccess sockets, SocketExecutors lanes, Times times) {
        this.reach = reach;
        this.sockets = sockets;
        this.lanes = lanes;
        this.times = times;
        RANDOM.nextBytes(secret);
    }

    /**
     * Tests with the first of these that answers, on a thread of its own.
     *
     * @return whether it begins: not while it does so, nor soon after
     */
    boolean start(List<Target> targets) {
        if (targets.isEmpty() || reach.isLost() || running.getAndSet(true)) {
            return false;
        }
        Thread thread = new Thread(() -> run(targets), "cloudobjects-self-test");
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    private void run(List<Target> targets) {
        try {
            for (Target target : targets) {
                if (tells(target)) {
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

    /** Whether this endpoint tells how it is. A second try makes sure that the first was not just slow. */
    private boolean tells(Target target) {
        Outcome outcome = ask(target);
        if (outcome == Outcome.SILENT && !reach.isLost()) {
            outcome = ask(target);
        }
        switch (outcome) {
            case SERVED -> reach.prove();
            case SILENT -> reach.lose("a socket that was taken was not served within " + times.served());
            case ELSEWHERE -> {}
        }
        return outcome != Outcome.ELSEWHERE;
    }

    private Outcome ask(Target target) {
        boolean upgraded = false;
        try (SocketChannel channel = SocketChannel.open()) {
            Socket socket = channel.socket();
            socket.connect(target.address(), millis(times.answer()));
            socket.setSoTimeout(millis(times.answer()));
            socket.getOutputStream().write(handshake(target).getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            upgraded = head(in).startsWith("HTTP/1.1 101 ");
            if (!upgraded) {
                return Outcome.ELSEWHERE;
            }
            socket.setSoTimeout(millis(times.served()));
            socket.getOutputStream().write(secret);
            return Arrays.equals(secret, in.readNBytes(BYTES)) ? Outcome.SERVED : Outcome.SILENT;
        } catch (IOException | RuntimeException e) {
            return upgraded ? Outcome.SILENT : Outcome.ELSEWHERE;
        }
    }

    private String handshake(Target target) {
        return String.join(
                "\r\n",
                "GET " + target.contextPath() + "/ws/" + HexFormat.of().formatHex(secret) + " HTTP/1.1",
                "Host: " + target.host(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: " + UpgradeHeaders.VERSION,
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

    // The other end

    /** Whether this handshake is the server's own. */
    boolean asks(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null
                && MessageDigest.isEqual(
                        ("/" + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII),
                        path.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the socket, and gives back what comes. */
    void serve(WebConnection connection) {
        try {
            ByteSocket socket = sockets.take(connection);
            socket.start(new Echo(socket));
        } catch (IOException e) {
            // The client is here, and has not gone.
            reach.lose(e.toString());
        }
    }

    private final class Echo implements ByteSocket.Reader {

        private final ByteSocket socket;

        Echo(ByteSocket socket) {
            this.socket = socket;
        }

        @Override
        public void read(byte[] bytes, int length) {
            socket.write(
                    failure -> {
                        // The other end notices.
                    },
                    ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
        }

        @Override
        public void ended(@Nullable IOException failure) {
            lanes.runClose(socket::close);
        }
    }
}
