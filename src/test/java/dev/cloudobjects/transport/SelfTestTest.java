package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.transport.Endpoints.Target;
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

    private final Reach reach = new Reach();
    private ServerSocketChannel listening;
    private LibertySockets sockets;
    private SocketExecutors lanes;
    private SelfTest test;

    /** What the server does with a connection whose handshake it has read. */
    interface Way {
        void treat(SocketChannel channel, SelfTest test) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        sockets = new LibertySockets(new EventLoops("test-loop", 1), reach);
        lanes = SocketExecutors.ofThreads(10);
        test = within(Duration.ofSeconds(10));
    }

    private SelfTest within(Duration served) {
        return new SelfTest(
                reach, sockets, lanes, new SelfTest.Times(Duration.ofSeconds(10), served, Duration.ofMillis(1)));
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
        sockets.close();
        lanes.close();
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
                assertTrue(test.asks(new FakeRequest().path("/ws", path).request()), head);
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

    private Target target() throws IOException {
        return new Target((InetSocketAddress) listening.getLocalAddress(), "localhost", "/here");
    }

    private void awaitKnown() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(reach::isKnown);
    }

    @Test
    void shouldProveSocketsThatAreServed() throws IOException {
        serve(handing(channel -> new FakeLiberty(channel.socket())));
        assertFalse(reach.isProven(), "before anything is known");
        test.start(List.of(target()));
        awaitKnown();
        assertTrue(reach.isProven());
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
        assertTrue(reach.isLost(), name);
        reach.prove();
        assertTrue(reach.isLost(), "for ever");
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
        Target nobody = new Target(closed, "localhost", "");
        test.start(List.of(nobody, target(), target()));
        awaitKnown();
        assertTrue(reach.isProven(), "by the third");
        assertEquals(2, asked[0]);
    }

    @Test
    void shouldTestAgainWhereTheContainerHandsNothingOver() throws IOException {
        reach.prove();
        test = within(Duration.ofMillis(200));
        serve((channel, test) -> say(channel, SWITCHED));
        FakePatience patience = new FakePatience();
        ServletUpgrade upgrade = new ServletUpgrade(
                null, new Takeover(sockets, lanes, patience), test, patience);
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> null);
        upgrade.upgrade(
                new FakeRequest()
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .to((InetSocketAddress) listening.getLocalAddress())
                        .request(),
                response,
                new Handshake(null, null, null, null, Optional.empty(), Optional.empty(), Optional.empty()));
        assertTrue(reach.isProven(), "until it has waited");
        patience.isOver();
        Awaitility.await().until(reach::isLost);
    }
}
