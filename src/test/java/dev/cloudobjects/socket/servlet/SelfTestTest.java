package dev.cloudobjects.socket.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.http.FakeRequest;
import dev.cloudobjects.liberty.FakeLiberty;
import dev.cloudobjects.liberty.LibertySockets;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.framed.FramedSockets;
import dev.cloudobjects.time.FakeTimeouts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link SelfTest} at a server that hands its connections over in every way there is, and keeps them in every way. */
class SelfTestTest {

    private static final String SWITCHED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private final SocketAvailability availability = new SocketAvailability();
    private ServerSocketChannel listening;
    private LibertySockets sockets;
    private SocketExecutors executors;
    private SelfTest test;

    /** What the server does with a connection whose handshake it has read. */
    interface Way {
        void treat(SocketChannel channel, SelfTest test) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        sockets = new LibertySockets(new EventLoops("test-loop", 1), availability);
        executors = SocketExecutors.ofThreads(10);
        test = within(Duration.ofSeconds(10));
    }

    private SelfTest within(Duration served) {
        return new SelfTest(
                availability, sockets, executors, new SelfTest.Times(Duration.ofSeconds(10), served, Duration.ofMillis(1)));
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        sockets.close();
        executors.close();
    }

    private void serve(Way way) {
        Thread thread = new Thread(() -> accept(way));
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Way way) {
        try {
            while (true) {
                SocketChannel channel = listening.accept();
                String head = head(channel);
                String path = head.substring(head.indexOf("/ws") + 3, head.indexOf(" HTTP/1.1"));
                assertTrue(test.isOwn(new FakeRequest().path("/ws", path).request()), head);
                way.treat(channel, test);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static String head(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer next = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(next.clear()) < 0) {
                throw new IOException("no handshake");
            }
            head.append((char) next.get(0));
        }
        return head.toString();
    }

    private static void say(SocketChannel channel, String head) throws IOException {
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
    }

    /** A server that answers 101, and hands over what a test makes of the socket. */
    private static Way handing(Function<SocketChannel, FakeWebConnection> connection) {
        return (channel, test) -> {
            say(channel, SWITCHED);
            test.serve(connection.apply(channel));
        };
    }

    private SelfTestTarget target() throws IOException {
        return new SelfTestTarget((InetSocketAddress) listening.getLocalAddress(), "localhost", "/here");
    }

    private void awaitKnown() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(availability::isKnown);
    }

    @Test
    void shouldProveSocketsThatAreServed() throws IOException {
        serve(handing(channel -> new FakeLiberty(channel.socket())));
        assertFalse(availability.isAvailable(), "before anything is known");
        test.start(List.of(target()));
        awaitKnown();
        assertTrue(availability.isAvailable());
    }

    /** Every part that leads to the socket, missing and failing; then the ways in which a socket is had in vain. */
    static Stream<Arguments> losses() {
        Stream<Arguments> parts = Stream.of(
                        "getVirtualConnection",
                        "getStateMap",
                        "getDeviceConnLink",
                        "getApplicationCallback",
                        "getHTTPContext",
                        "getSocketIOChannel",
                        "getSocket")
                .flatMap(part -> Stream.of(
                        Arguments.of(part + " gives nothing", handing(channel -> new FakeLiberty(channel.socket())
                                .broken(part, () -> null))),
                        Arguments.of(part + " fails", handing(channel -> new FakeLiberty(channel.socket())
                                .broken(part, () -> {
                                    throw new IllegalStateException("not here");
                                })))));
        return Stream.concat(
                parts,
                Stream.of(
                        Arguments.of("other classes", handing(channel -> new FakeWebConnection())),
                        Arguments.of("a class that is missing", handing(channel -> new FakeLiberty(channel.socket())
                                .broken("getHTTPContext", Object::new))),
                        Arguments.of("a socket without a channel", handing(channel -> new FakeLiberty(new Socket()))),
                        Arguments.of("never handed over", (Way) (channel, test) -> say(channel, SWITCHED)),
                        Arguments.of("closed behind the answer", (Way) (channel, test) -> {
                            say(channel, SWITCHED);
                            channel.close();
                        }),
                        Arguments.of("read by somebody else", (Way) (channel, test) -> {
                            say(channel, SWITCHED);
                            channel.configureBlocking(true);
                            channel.read(ByteBuffer.allocate(100));
                            channel.configureBlocking(false);
                            test.serve(new FakeLiberty(channel.socket()));
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void shouldLoseSocketsThatAreNotServed(String name, Way way) throws IOException {
        test = within(Duration.ofMillis(200));
        serve(way);
        test.start(List.of(target()));
        awaitKnown();
        assertTrue(availability.isUnavailable(), name);
        availability.markAvailable();
        assertTrue(availability.isUnavailable(), "for ever");
    }

    @Test
    void shouldLearnNothingFromAnEndpointThatIsAnothers() throws IOException {
        InetSocketAddress closed;
        try (ServerSocketChannel gone = ServerSocketChannel.open()) {
            gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            closed = (InetSocketAddress) gone.getLocalAddress();
        }
        int[] asked = {0};
        serve((channel, test) -> {
            if (asked[0]++ == 0) {
                say(channel, "HTTP/1.1 404 Not Found\r\n\r\n");
            } else {
                handing(socket -> new FakeLiberty(socket.socket())).treat(channel, test);
            }
        });
        SelfTestTarget nobody = new SelfTestTarget(closed, "localhost", "");
        test.start(List.of(nobody, target(), target()));
        awaitKnown();
        assertTrue(availability.isAvailable(), "by the third");
        assertEquals(2, asked[0]);
    }

    @Test
    void shouldTestAgainWhereTheContainerHandsNothingOver() throws IOException {
        availability.markAvailable();
        test = within(Duration.ofMillis(200));
        serve((channel, test) -> say(channel, SWITCHED));
        FakeTimeouts timeouts = new FakeTimeouts();
        ServletUpgrade upgrade = new ServletUpgrade(
                null, new UpgradedConnections(sockets, new FramedSockets(executors, timeouts)), test, timeouts);
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> null);
        upgrade.upgrade(
                new FakeRequest()
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .to((InetSocketAddress) listening.getLocalAddress())
                        .request(),
                response,
                new AcceptedHandshake(null, null, null, null, Optional.empty(), Optional.empty(), Optional.empty()));
        assertTrue(availability.isAvailable(), "until it has waited");
        timeouts.timeOut();
        Awaitility.await().until(availability::isUnavailable);
    }
}
