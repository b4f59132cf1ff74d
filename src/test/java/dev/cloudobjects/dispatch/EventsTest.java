package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The gateway and the events behind it, with handlers that do as a test says. */
class EventsTest {

    private final Stage stage = new Stage();
    private final Bench bench = stage.bench;
    private final FakeUsers users = stage.users;
    private final FakeWire wire = stage.wire;
    private final List<String> handled = stage.handled;
    private final Gateway gateway = stage.gateway;

    private void on(Event event, Function<Call, Answer> handler) {
        stage.on(event, handler);
    }

    private static Answer failed(Throwable cause) {
        return Stage.failed(cause);
    }

    private Session connected() {
        return stage.connected(bench.client());
    }

    private Session connected(Bench.Client client) {
        return stage.connected(client);
    }

    private void message(Session session, Object data) {
        stage.message(session, null, data);
    }

    private String lastSent() {
        return stage.lastSent();
    }

    @Nested
    class Connecting {

        @Test
        void shouldAcceptWithWhatTheClientSaysButNoUid() {
            Session session = bench.client().open(wire);
            gateway.connect(session, new Payload.Json("{\"uid\":\"root\",\"room\":1}"));
            bench.run();
            assertEquals(List.of("Connection {\"room\":1}"), handled);
            assertEquals(SessionState.OPEN, session.state());
        }

        @Test
        void shouldRunBeforeAnyMessage() {
            Session session = bench.client().open(wire);
            gateway.connect(session, Payload.NULL);
            message(session, 1);
            message(session, 2);
            bench.run();
            assertEquals(List.of("Connection null", "Message 1", "Message 2"), handled);
        }

        @Test
        void shouldRefuseByACode() {
            on(Event.CONNECTION, call -> new Answer.Returned(Result.of(-1, "full").with("max", 5)));
            Session session = bench.client().open(wire);
            gateway.connect(session, Payload.NULL);
            message(session, "unheard");
            bench.run();
            assertEquals(List.of("Connection null"), handled);
            assertEquals(1, wire.sent().size());
            assertTrue(lastSent().contains("\"msg\":\"full\"") && lastSent().contains("\"max\":5"), lastSent());
            assertEquals(List.of("close 4001 full"), wire.closes());
            bench.sessions.end(session, SessionEnd.byPeer(4001, ""));
            bench.run();
            assertEquals(1, handled.size(), "there is no disconnection event");
            assertEquals(1, bench.meters.value(Meter.CONNECTIONS_REFUSED));
            assertEquals(List.of(), bench.directory.list(10));
        }

        @Test
        void shouldRefuseByAnExceptionAndTellTheErrorHandlerOnce() {
            on(Event.CONNECTION, call -> failed(new IllegalStateException("a bug")));
            Session session = bench.client().open(wire);
            gateway.connect(session, Payload.NULL);
            bench.run();
            assertEquals(2, handled.size());
            assertEquals("Error Failure[cid=" + session.cid() + ", errMsg=a bug]", handled.get(1));
            assertEquals(1, wire.sent().size());
            assertTrue(lastSent().contains("\"code\":500") && !lastSent().contains("a bug"), lastSent());
            assertEquals(1, wire.closes().size());
        }

        @Test
        void shouldCloseWithTheTokensCodeWhereATokenIsMissing() {
            on(Event.CONNECTION, call -> failedWith(Code.TOKEN_INVALID));
            gateway.connect(bench.client().open(wire), Payload.NULL);
            bench.run();
            assertTrue(lastSent().contains("invalidToken"));
            assertTrue(wire.closes().get(0).startsWith("close 4003"));
        }

        @Test
        void shouldRefuseALoginThatHasEndedWithoutAnyEvent() {
            users.rejected.put("ann", Code.TOKEN_REVOKED);
            gateway.connect(bench.client().needsLogin().user("ann").open(wire), Payload.NULL);
            bench.run();
            assertEquals(List.of(), handled);
            assertTrue(wire.closes().get(0).startsWith("close 4003"));
        }

        @Test
        void shouldAskToComeAgainWhileTheUsersCannotBeAsked() {
            users.away = new CloudObjectException(Code.UNAVAILABLE);
            gateway.connect(bench.client().needsLogin().user("ann").open(wire), Payload.NULL);
            bench.run();
            assertEquals(List.of(), handled);
            assertTrue(lastSent().contains("\"code\":503"), lastSent());
            assertTrue(wire.closes().get(0).startsWith("close 1013"));
        }

        @Test
        void shouldNoticeALogoutDuringTheEvent() {
            on(Event.CONNECTION, call -> {
                users.rejected.put("ann", Code.TOKEN_REVOKED);
                return new Answer.Returned(null);
            });
            gateway.connect(bench.client().needsLogin().user("ann").open(wire), Payload.NULL);
            bench.run();
            assertTrue(wire.closes().get(0).startsWith("close 4003"), () -> wire.log().toString());
        }

        @Test
        void shouldNotAcceptOneThatIsGoneMeanwhile() {
            Session session = bench.client().open(wire);
            on(Event.CONNECTION, call -> {
                bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
                return new Answer.Returned(null);
            });
            gateway.connect(session, Payload.NULL);
            bench.run();
            assertEquals(List.of("Connection null"), handled);
            assertEquals(List.of(), wire.log());
        }

        private Answer failedWith(Code code) {
            return new Answer.Failed(code.value(), code.message(), new CloudObjectException(code));
        }
    }

    @Nested
    class Sdk {

        private final Session session = bench.client().speaks(Dialect.V1).open(wire);

        @Test
        void shouldConnectByItsFrame() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(new Payload.Json("7")));
            bench.run();
            assertEquals(List.of("Connection 7"), handled);
            assertTrue(wire.log().get(0).startsWith("{\"type\":\"connected\""));
        }

        @Test
        void shouldBeClosedWhenItSendsBeforeThat() {
            message(session, 1);
            bench.run();
            assertEquals(List.of(), handled);
            assertEquals(List.of("close 1002 the connect frame must come first"), wire.closes());
        }

        @Test
        void shouldSendBehindItWithoutWaiting() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL));
            message(session, 1);
            bench.run();
            assertEquals(List.of("Connection null", "Message 1"), handled);
        }

        @Test
        void shouldConnectOnce() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL));
            bench.run();
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL));
            bench.run();
            assertEquals(1, handled.size());
            assertTrue(lastSent().contains("connected already"), lastSent());
            assertEquals(List.of("close 1002 this connection is connected already"), wire.closes());
        }

        @Test
        void shouldNotHaveItsConnectFrameCountedAsAMessage() {
            Stage slow = new Stage(Bench.withRate(20, 40, 200));
            Session client = slow.bench.client().speaks(Dialect.V1).open(slow.wire);
            slow.gateway.received(client, Bench.link(client), new ClientFrame.Connect(Payload.NULL));
            slow.bench.run();
            for (int i = 0; i < 41; i++) {
                slow.message(client, null, i);
                slow.bench.run();
            }
            assertEquals(41, slow.handled.size(), "the connection and 40 messages");
            assertEquals(1, slow.bench.meters.value(Meter.MESSAGES_OVER_RATE));
        }

        @Test
        void shouldGetWhatWaitsInOneMessageIfItTakesThat() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL, true, null, null, false));
            bench.run();
            wire.hold();
            gateway.received(session, Bench.link(session), new ClientFrame.Ping());
            bench.run();
            bench.deliveries.deliver(session, Bench.text("a"));
            bench.deliveries.deliver(session, Bench.text("b"));
            wire.answer(null);
            bench.run();
            assertEquals("[{\"type\":\"message\",\"data\":\"a\"},{\"type\":\"message\",\"data\":\"b\"}]", lastSent());
        }

        @Test
        void shouldGetOneByOneIfItDoesNot() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL));
            bench.run();
            bench.deliveries.deliver(session, Bench.text("a"));
            bench.deliveries.deliver(session, Bench.text("b"));
            bench.run();
            assertEquals("{\"type\":\"message\",\"data\":\"b\"}", lastSent());
        }

        @Test
        void shouldGetAPong() {
            gateway.received(session, Bench.link(session), new ClientFrame.Connect(Payload.NULL));
            bench.run();
            gateway.received(session, Bench.link(session), new ClientFrame.Ping());
            bench.run();
            assertEquals("{\"type\":\"pong\"}", lastSent());
        }
    }

    @Nested
    class Messages {

        @Test
        void shouldComeInOrderAsTheConnectionsUser() {
            Session session = connected(bench.client().user("ann"));
            message(session, Map.of("uid", "root"));
            message(session, 2);
            bench.run();
            assertEquals(List.of("Message {} by ann", "Message 2 by ann"), handled);
        }

        @Test
        void shouldTellTheErrorHandlerAndTheClientOnceEach() {
            Session session = connected();
            on(Event.MESSAGE, call -> failed(new IllegalStateException("a bug")));
            on(Event.ERROR, call -> failed(new IllegalStateException("a bug in the error handler")));
            gateway.received(session, Bench.link(session), new ClientFrame.Message(5L, Payload.NULL));
            bench.run();
            assertEquals(2, handled.size());
            assertTrue(handled.get(1).startsWith("Error "));
            assertEquals(2, wire.sent().size(), "the connect frame and one error");
            assertEquals(SessionState.OPEN, session.state());
        }

        @Test
        void shouldNotBeAnsweredForACodeThatNobodyReads() {
            Session session = connected();
            on(Event.MESSAGE, call -> new Answer.Returned(Result.of(-1, "who reads this?")));
            message(session, 1);
            bench.run();
            assertEquals(1, wire.sent().size());
        }

        @Test
        void shouldTellTheClientOfEachThatIsOneTooMany() {
            Session session = connected();
            for (int i = 0; i < 5; i++) {
                message(session, i);
                bench.sending.runAll();
            }
            bench.run();
            assertEquals(List.of("Message 0", "Message 1", "Message 2"), handled);
            assertEquals(2, bench.meters.value(Meter.MESSAGES_OVERRUN));
            assertEquals(3, wire.sent().size());
            assertTrue(lastSent().contains("\"code\":429"), lastSent());
            assertEquals(SessionState.OPEN, session.state());
        }

        @Test
        void shouldBeHeardAfterThePeerClosedAndThenTheEnd() {
            Session session = connected();
            message(session, 1);
            message(session, 2);
            bench.sessions.end(session, SessionEnd.byPeer(1000, "bye"));
            message(session, "late");
            bench.run();
            assertEquals(
                    List.of(
                            "Message 1",
                            "Message 2",
                            "DisConnection Disconnection[cid=" + session.cid() + ", code=1000, reason=bye]"),
                    handled);
            assertEquals(0, bench.meters.value(Meter.MESSAGES_OVERRUN));
        }

        @Test
        void shouldNotBeHeardWhileTheServerCloses() {
            Session session = connected();
            message(session, 1);
            bench.sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true);
            message(session, 2);
            bench.run();
            assertEquals(List.of(), handled);
        }

        @Test
        void shouldNotBeHeardBehindTheEndThatTheServerMade() {
            Session session = connected();
            bench.sessions.end(session, SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED));
            message(session, "late");
            bench.run();
            assertEquals(1, handled.size());
            assertTrue(handled.get(0).startsWith("DisConnection"));
        }

        @Test
        void shouldNotBeHeardOnceTheLoginIsRejected() {
            Session session = connected(bench.client().needsLogin().user("ann"));
            users.rejected.put("ann", Code.ACCOUNT_DISABLED);
            message(session, 1);
            bench.run();
            assertEquals(List.of(), handled);
            assertEquals(SessionState.CLOSING, session.state());
        }

        @Test
        void shouldNotBeHeardFromTheEndOfTheLoginOn() {
            Session session = connected(
                    bench.client().needsLogin().user("ann", bench.clock.instant().plusSeconds(1)));
            message(session, 1);
            bench.clock.advance(Duration.ofSeconds(1));
            bench.run();
            assertEquals(List.of(), handled);
            assertTrue(lastSent().contains("invalidToken"), lastSent());
            assertEquals(SessionState.CLOSING, session.state());
        }

        @Test
        void shouldBeHeardAsNobodysWhereNoLoginIsNeeded() {
            Session session = connected(bench.client().user("ann"));
            users.rejected.put("ann", Code.TOKEN_REVOKED);
            message(session, 1);
            bench.run();
            assertEquals(List.of("Message 1"), handled);
        }

        @Test
        void shouldBeRefusedOneByOneWhileTheUsersCannotBeAsked() {
            Session session = connected(bench.client().needsLogin().user("ann"));
            users.away = new CloudObjectException(Code.UNAVAILABLE);
            message(session, 1);
            bench.run();
            assertTrue(lastSent().contains("\"code\":503"), lastSent());
            users.away = null;
            message(session, 2);
            bench.run();
            assertEquals(List.of("Message 2 by ann"), handled);
            assertEquals(SessionState.OPEN, session.state());
        }
    }

    @Nested
    class Malformed {

        @Test
        void shouldBeToldOfAndSurvived() {
            Session session = connected();
            gateway.malformed(session, Bench.link(session), new MalformedMessage("no JSON"));
            bench.run();
            assertTrue(lastSent().contains("\"code\":400") && lastSent().contains("no JSON"), lastSent());
            assertEquals(SessionState.OPEN, session.state());
            assertEquals(1, bench.meters.value(Meter.MESSAGES_MALFORMED));
        }
    }

    @Nested
    class Disconnecting {

        @Test
        void shouldHappenOnceThoughItsHandlerFails() {
            Session session = connected();
            on(Event.DISCONNECTION, call -> failed(new IllegalStateException("a bug")));
            bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
            bench.sessions.end(session, SessionEnd.byPeer(1006, ""));
            bench.run();
            assertEquals(2, handled.size());
            assertTrue(handled.get(0).startsWith("DisConnection") && handled.get(1).startsWith("Error"));
            assertEquals(1, wire.sent().size());
        }

        @Test
        void shouldHappenThoughTheUsersCannotBeAsked() {
            Session session = connected(bench.client().needsLogin().user("ann"));
            users.away = new CloudObjectException(Code.UNAVAILABLE);
            bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
            bench.run();
            assertEquals(1, handled.size());
            assertTrue(handled.get(0).endsWith("by ann"));
        }
    }

    @Nested
    class Hanging {

        @Test
        void shouldEndTheConnectionAndGoOnWithItsDisconnection() {
            Session session = connected();
            on(Event.MESSAGE, call -> {
                // Seen from another thread while this handler does not return.
                stage.whenStuck.run();
                assertEquals(1, bench.handlers.waiting());
                bench.handlers.runAll();
                return failed(new IllegalStateException("returned after all"));
            });
            message(session, 1);
            message(session, 2);
            bench.run();
            assertEquals(3, handled.size(), handled::toString);
            assertTrue(handled.get(1).startsWith("DisConnection"), handled::toString);
            assertTrue(handled.get(1).contains("code=1011"));
            assertEquals(1, wire.closes().size());
        }
    }
}
