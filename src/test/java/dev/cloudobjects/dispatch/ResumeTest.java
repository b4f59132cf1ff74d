package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.filter.Refusal;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.session.Attachment;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Deliveries.Delivery;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.SessionState;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that loses its socket and comes back: what its session, its object and the client itself get. */
class ResumeTest {

    private final Stage stage = new Stage();
    private final Bench bench = stage.bench;

    /** A socket of the client, and what came on it. */
    private final class Socket {
        private final FakeWire wire;
        private final Attachment attachment;
        private final Link link;

        Socket(FakeWire wire, UnaryOperator<Bench.Client> who) {
            this.wire = wire;
            attachment = who.apply(bench.client().speaks(Dialect.V1)).attach(wire);
            link = Bench.link(attachment.session());
        }

        Socket connect(ClientFrame.Resume resume) {
            receive(new ClientFrame.Connect(Payload.NULL, false, null, resume, true));
            return this;
        }

        void receive(ClientFrame frame) {
            stage.gateway.received(attachment.session(), link, frame);
            bench.run();
        }

        Session session() {
            return attachment.session();
        }

        void lose() {
            lose(1006);
        }

        void lose(int code) {
            attachment.lost(SessionEnd.byPeer(code, ""));
            bench.run();
        }

        List<String> got() {
            return wire.log();
        }

        /** The texts of the messages that came. */
        List<String> messages() {
            return got().stream()
                    .filter(frame -> frame.startsWith("{\"type\":\"message\""))
                    .map(frame -> frame.replaceAll(".*\"data\":\"(.*)\"}", "$1"))
                    .toList();
        }

        String connected() {
            return got().get(0);
        }

        String secret() {
            return connected().replaceAll(".*\"secret\":\"([^\"]*)\".*", "$1");
        }

        ClientFrame.Resume wish(long received) {
            return new ClientFrame.Resume(new ClientFrame.Earlier(session().cid(), secret(), received));
        }
    }

    private Socket open() {
        return open(who -> who);
    }

    private Socket open(UnaryOperator<Bench.Client> who) {
        return new Socket(new FakeWire(), who).connect(new ClientFrame.Resume(null));
    }

    private Socket back(Socket before, long received) {
        return new Socket(new FakeWire(), who -> who).connect(before.wish(received));
    }

    private Delivery send(Session session, String text) {
        Delivery delivery = bench.deliveries.deliver(session, Bench.text(text));
        bench.run();
        return delivery;
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        bench.timeouts.run();
        bench.run();
    }

    @Nested
    class AClientThatComesBack {

        @Test
        void shouldGetWhatItMissedOnceAndInOrder() {
            Socket first = open();
            Session session = first.session();
            send(session, "a");
            send(session, "b");
            first.lose();
            assertEquals(SessionState.AWAY, session.state());
            assertEquals(Delivery.QUEUED, send(session, "c"));
            Socket second = back(first, 1);
            assertEquals(
                    "{\"type\":\"connected\",\"cid\":\"" + session.cid()
                            + "\",\"pingInterval\":25000,\"recovered\":true,\"received\":0}",
                    second.connected());
            send(session, "d");
            assertEquals(List.of("b", "c", "d"), second.messages());
            assertEquals(session, second.session());
            assertEquals(SessionState.OPEN, session.state());
        }

        @Test
        void shouldKeepCidGroupsAndAttributes() {
            Socket first = open();
            Session session = first.session();
            bench.sessions.join(session, List.of("g"));
            session.changeAttributes(before -> Json.createObjectBuilder().add("a", 1).build());
            first.lose();
            Session again = back(first, 0).session();
            assertEquals(session.cid(), again.cid());
            assertEquals(Set.of("g"), again.groups());
            assertEquals(1, again.attributes().getInt("a"));
        }

        @Test
        void shouldNotBeConnectedAgainButPassTheFilters() {
            Socket first = open();
            first.lose();
            stage.handled.clear();
            back(first, 0);
            assertEquals(List.of("filters"), stage.handled);
        }

        @Test
        void shouldBeToldWhichOfItsMessagesCame() {
            Socket first = open();
            first.receive(new ClientFrame.Message(3L, Payload.NULL));
            first.receive(new ClientFrame.Message(7L, Payload.NULL));
            first.lose();
            Socket second = back(first, 0);
            assertTrue(second.connected().endsWith("\"recovered\":true,\"received\":7}"), second.connected());
            // The acks that it did not get come again.
            assertEquals(List.of("{\"type\":\"ack\",\"id\":3}", "{\"type\":\"ack\",\"id\":7}"), second.got().subList(1, 3));
        }

        @Test
        void shouldHaveWhatItSentHandledWhileItIsAway() {
            Socket first = open();
            stage.gateway.received(first.session(), first.link, new ClientFrame.Message(1L, Payload.NULL));
            first.attachment.lost(SessionEnd.byPeer(1006, ""));
            stage.handled.clear();
            bench.run();
            assertEquals(List.of("Message null"), stage.handled);
            assertEquals("{\"type\":\"ack\",\"id\":1}", back(first, 0).got().get(1));
        }

        @Test
        void shouldTakeItsSessionOverWhileTheServerHoldsTheOldSocketForOpen() {
            Socket first = open();
            send(first.session(), "a");
            Socket second = back(first, 0);
            assertEquals(List.of("a"), second.messages());
            bench.run();
            assertEquals(List.of("close 4502 the session goes on over another socket"), first.wire.closes());
            first.receive(new ClientFrame.Message(9L, Payload.NULL));
            assertTrue(second.got().stream().noneMatch(frame -> frame.contains("\"ack\"")), "what comes late on the old socket");
            first.lose();
            assertEquals(SessionState.OPEN, second.session().state());
        }

        @Test
        void shouldComeBackAgainAndAgain() {
            Socket socket = open();
            Socket opened = socket;
            for (int i = 0; i < 5; i++) {
                send(socket.session(), "m" + i);
                socket.lose();
                socket = new Socket(new FakeWire(), who -> who)
                        .connect(new ClientFrame.Resume(
                                new ClientFrame.Earlier(opened.session().cid(), opened.secret(), i)));
                assertEquals(List.of("m" + i), socket.messages());
            }
            assertEquals(List.of(), bench.ended);
        }

        @Test
        void shouldNotGetWhatItHasConfirmed() {
            Socket first = open();
            send(first.session(), "a");
            send(first.session(), "b");
            first.receive(new ClientFrame.Ping(1L));
            first.receive(new ClientFrame.Pong(2L));
            first.lose();
            assertEquals(List.of(), back(first, 2).messages());
        }

        @Test
        void shouldBeClosedForConfirmingWhatWasNeverSent() {
            Socket first = open();
            first.receive(new ClientFrame.Pong(1L));
            assertTrue(first.wire.closes().get(0).startsWith("close 1002 "), first.wire.closes().toString());
        }

        @Test
        void shouldLoseItsLinkAgainBeforeItIsBack() {
            Socket first = open();
            first.lose();
            Socket second = new Socket(new FakeWire(), who -> who);
            stage.gateway.received(
                    second.session(), second.link, new ClientFrame.Connect(Payload.NULL, false, null, first.wish(0), false));
            second.lose();
            assertEquals(SessionState.AWAY, first.session().state());
            send(first.session(), "a");
            assertEquals(List.of("a"), back(first, 0).messages());
        }
    }

    @Nested
    class RequestsOverAResume {

        private final Socket first = open();
        private final Session session = first.session();

        private ClientFrame.Request request(long id, @Nullable Integer credit) {
            return new ClientFrame.Request(id, null, credit, Bench.JSON.write(id));
        }

        private List<String> of(Socket socket, String type) {
            return socket.got().stream()
                    .filter(frame -> frame.startsWith("{\"type\":\"" + type + "\""))
                    .toList();
        }

        private PreparedRequest ask() {
            PreparedRequest asked =
                    bench.reach.request(Scope.ofCids(List.of(session.cid())), Payload.NULL, Duration.ofSeconds(30));
            asked.send();
            bench.run();
            return asked;
        }

        @Test
        void shouldRunARequestOnceAndKeepItsAnswer() {
            stage.on(Event.MESSAGE, call -> {
                first.attachment.lost(SessionEnd.byPeer(1006, ""));
                return new Answer.Returned("done");
            });
            first.receive(request(1, null));
            assertEquals(List.of(), of(first, "response"));
            Socket second = back(first, 0);
            assertTrue(second.connected().endsWith("\"recovered\":true,\"received\":1}"), second.connected());
            assertEquals(List.of("{\"type\":\"response\",\"re\":1,\"data\":\"done\"}"), of(second, "response"));
            assertEquals(1, stage.handled.stream().filter("Message 1"::equals).count());
        }

        @Test
        void shouldAskAClientThatIsAwayWhenItComesBack() {
            first.lose();
            PreparedRequest asked = ask();
            Socket second = back(first, 0);
            assertEquals(List.of("{\"type\":\"request\",\"id\":1,\"data\":null}"), of(second, "request"));
            second.receive(new ClientFrame.Response(1, 1, Bench.JSON.write("!"), null));
            assertEquals(Bench.JSON.write("!"), asked.answer().join());
            assertEquals(List.of("{\"type\":\"ack\",\"id\":1}"), of(second, "ack"));
        }

        @Test
        void shouldTakeAnAnswerOnce() {
            PreparedRequest asked = ask();
            first.receive(new ClientFrame.Response(1, 1, Bench.JSON.write("!"), null));
            first.lose();
            Socket second = back(first, 1);
            assertTrue(second.connected().endsWith("\"received\":1}"), second.connected());
            assertEquals(List.of("{\"type\":\"ack\",\"id\":1}"), of(second, "ack"));
            assertEquals(Bench.JSON.write("!"), asked.answer().join());
        }

        @Test
        void shouldFailWhatTheClientWasAskedAtTheEndOfTheWindow() {
            PreparedRequest asked = bench.reach.request(
                    Scope.ofCids(List.of(session.cid())), Payload.NULL, Duration.ofMinutes(10));
            asked.send();
            first.lose();
            pass(Duration.ofMinutes(2).plusNanos(1));
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> asked.answer().join());
            assertEquals(410, ((CloudObjectException) failure.getCause()).code());
        }

        @Test
        void shouldGoOnWithAStream() {
            stage.on(Event.MESSAGE, call -> new Answer.Returned(List.of("a", "b", "c").iterator()));
            first.receive(request(1, 1));
            first.lose();
            Socket second = back(first, 0);
            for (int total = 2; total <= 4; total++) {
                second.receive(new ClientFrame.Credit(1, total));
                second.receive(new ClientFrame.Credit(1, total));
            }
            assertEquals(3, of(second, "item").size());
            assertEquals(List.of("{\"type\":\"response\",\"re\":1,\"end\":true}"), of(second, "response"));
        }
    }

    @Nested
    class AClientThatLosesItsNewSocketWhileItsFiltersRun {

        private final Socket first = open();
        private final Socket second = new Socket(new FakeWire(), who -> who);

        private void comeBack() {
            stage.filters = any -> {
                second.attachment.lost(SessionEnd.byPeer(1006, ""));
                return new Answer.Returned(null);
            };
            second.connect(first.wish(0));
        }

        @Test
        void shouldKeepTheOldSocketIfTheServerHoldsItForOpen() {
            comeBack();
            assertEquals(List.of(), first.wire.closes());
            send(first.session(), "a");
            assertEquals(List.of("a"), first.messages());
            assertEquals(0, bench.meters.value(Meter.SESSIONS_RESUMED));
        }

        @Test
        void shouldBeAwayAsBefore() {
            first.lose();
            comeBack();
            assertEquals(SessionState.AWAY, first.session().state());
            assertEquals(0, bench.meters.value(Meter.SESSIONS_RESUMED));
        }
    }

    @Nested
    class AClientWhoseLoginEndsWhileItsFiltersRun {

        private Socket back(Socket first, UnaryOperator<Bench.Client> who) {
            Socket second = new Socket(new FakeWire(), who);
            stage.filters = any -> {
                bench.expire(second.session());
                return new Answer.Returned(null);
            };
            return second.connect(first.wish(0));
        }

        @Test
        void shouldNotGetItsSessionWithoutOne() {
            Socket first = open(who -> who.user("ann"));
            send(first.session(), "for ann");
            first.lose();
            stage.handled.clear();
            Socket second = back(first, who -> who.user("ann"));
            assertEquals("ann", first.session().caller().uid());
            assertEquals(SessionState.AWAY, first.session().state());
            assertTrue(second.got().toString().contains("\"reason\":\"changed\""), second.got().toString());
            assertEquals(List.of(), second.messages());
            assertEquals(List.of("filters of ann", "Connection null"), stage.handled);
        }

        @Test
        void shouldLeaveItAwayWhereItNeedsOne() {
            Socket first = open(who -> who.needsLogin().user("ann"));
            first.lose();
            Socket second = back(first, who -> who.needsLogin().user("ann"));
            assertEquals(SessionState.AWAY, first.session().state());
            assertEquals(0, bench.meters.value(Meter.SESSIONS_RESUMED));
            assertEquals(1, second.wire.closes().size());
            assertTrue(second.wire.closes().get(0).startsWith("close 4003"), second.wire.closes().toString());
        }
    }

    @Nested
    class AClientThatCannotBeServed {

        private void shouldConnectAnew(Socket second, String reason) {
            assertTrue(second.connected().contains("\"recovered\":false,\"reason\":\"" + reason + "\"}"), second.connected());
            assertTrue(second.connected().contains("\"resume\":{"), second.connected());
            assertTrue(stage.handled.stream().anyMatch(line -> line.startsWith("Connection ")), stage.handled.toString());
            assertTrue(second.session().state().isOpen());
        }

        private Socket comeBack(Socket before, UnaryOperator<Bench.Client> who) {
            stage.handled.clear();
            return new Socket(new FakeWire(), who).connect(before.wish(0));
        }

        @Test
        void shouldBeToldThatItsWindowHasPassed() {
            Socket first = open();
            first.lose();
            pass(Duration.ofMinutes(2).plusMillis(1));
            shouldConnectAnew(comeBack(first, who -> who), "expired");
        }

        @Test
        void shouldBeToldThatItsSessionIsOfAnotherStart() {
            Socket first = open();
            stage.handled.clear();
            Socket second = new Socket(new FakeWire(), who -> who)
                    .connect(new ClientFrame.Resume(new ClientFrame.Earlier("A".repeat(32), first.secret(), 0)));
            shouldConnectAnew(second, "restarted");
        }

        @Test
        void shouldBeToldThatTooMuchWasSent() {
            Socket first = open();
            Session before = first.session();
            first.lose();
            for (int i = 0; i < 6; i++) {
                send(before, "m" + i);
            }
            Socket second = comeBack(first, who -> who);
            shouldConnectAnew(second, "incomplete");
            assertEquals(SessionState.CLOSED, before.state());
            assertEquals(List.of(before.cid() + " 1006"), ended());
        }

        @Test
        void shouldNotGetTheSessionOfAnotherUser() {
            Socket first = open(who -> who.user("ann"));
            first.lose();
            shouldConnectAnew(comeBack(first, who -> who.user("bob")), "changed");
            shouldConnectAnew(comeBack(first, who -> who), "changed");
            assertEquals(SessionState.AWAY, first.session().state());
        }

        @Test
        void shouldNotGetASessionOfAnotherChannelDeviceOrWithoutEncryption() {
            Socket first = open(who -> who.device("d1"));
            first.lose();
            shouldConnectAnew(comeBack(first, who -> who.device("d1").channel("other")), "changed");
            shouldConnectAnew(comeBack(first, who -> who.device("d2")), "changed");
            stage.handled.clear();
            shouldConnectAnew(
                    new Socket(new FakeWire().encrypting(), who -> who.device("d1")).connect(first.wish(0)), "changed");
        }

        @Test
        void shouldNotGetASessionByAnotherSecret() {
            Socket first = open();
            Socket other = open();
            first.lose();
            stage.handled.clear();
            Socket second = new Socket(new FakeWire(), who -> who)
                    .connect(new ClientFrame.Resume(new ClientFrame.Earlier(first.session().cid(), other.secret(), 0)));
            shouldConnectAnew(second, "expired");
            assertNotEquals(first.session().cid(), second.session().cid());
            assertEquals(SessionState.AWAY, first.session().state());
        }

        @Test
        void shouldBeRefusedByTheFilters() {
            Socket first = open();
            first.lose();
            stage.filters = any -> new Answer.Refused(new Refusal(
                    Json.createObjectBuilder().add("code", 403).add("msg", "no more").build(), "own", "a test"));
            Socket second = back(first, 0);
            assertTrue(second.got().get(0).contains("\"code\":403"), second.got().toString());
            assertEquals(List.of("close 4001 no more"), second.wire.closes());
            assertEquals(SessionState.AWAY, first.session().state());
        }

        @Test
        void shouldGetTheEndThatItMissed() {
            Socket first = open();
            first.lose();
            ServerFrame.Event event = new ServerFrame.Event(EventType.FORCE_LOGOUT, null, null, true, null);
            bench.sessions.finish(first.session(), event, CloseCode.FORCE_LOGOUT, "logged out", true);
            bench.run();
            assertEquals(List.of(first.session().cid() + " 4002"), ended());
            Socket second = back(first, 0);
            assertEquals("{\"type\":\"event\",\"event\":\"forceLogout\",\"close\":true}", second.got().get(0));
            assertEquals(List.of("close 4002 logged out"), second.wire.closes());
        }

        @Test
        void shouldGetTheEndThatComesWhileItsFiltersRun() {
            Socket first = open();
            first.lose();
            stage.filters = any -> {
                logOut(first);
                return new Answer.Returned(null);
            };
            Socket second = back(first, 0);
            assertEquals(List.of("close 4002 logged out"), second.wire.closes());
        }

        @Test
        void shouldGetTheEndThatItMissedWhereAsManyWereClosedAsMayBeAway() {
            List<Socket> all = List.of(open(), open(), open());
            all.forEach(Socket::lose);
            all.forEach(this::logOut);
            assertEquals(List.of("close 4002 logged out"), back(all.get(0), 0).wire.closes());
        }

        private void logOut(Socket whose) {
            bench.sessions.finish(whose.session(), null, CloseCode.FORCE_LOGOUT, "logged out", true);
        }
    }

    private List<String> ended() {
        return stage.handled.stream()
                .filter(line -> line.startsWith("DisConnection"))
                .map(line -> line.replaceAll(".*[cC]id=([^,]*).*code=(\\d+).*", "$1 $2"))
                .toList();
    }

    @Nested
    class ASessionThatIsAway {

        @ParameterizedTest
        @ValueSource(ints = {1000, 1001, 1005, 1002, 3000, 4000, 4501})
        void shouldNotBeLeftByAClientThatCloses(int code) {
            Socket first = open();
            first.lose(code);
            assertEquals(SessionState.CLOSED, first.session().state());
        }

        @ParameterizedTest
        @ValueSource(ints = {1006, 1011, 1012, 1013, 1014, 4502})
        void shouldBeLeftByASocketThatIsLost(int code) {
            Socket first = open();
            first.lose(code);
            assertEquals(SessionState.AWAY, first.session().state());
        }

        @Test
        void shouldNotBeLeftByAClientThatCannotResume() {
            Socket first = new Socket(new FakeWire(), who -> who).connect(null);
            assertFalse(first.connected().contains("resume"));
            first.lose();
            assertEquals(SessionState.CLOSED, first.session().state());
        }

        @Test
        void shouldBeLeftByAFailedWriteAndByAMissedHeartbeat() {
            Socket first = open();
            first.wire.failWith(new IllegalStateException("gone"));
            send(first.session(), "a");
            assertEquals(SessionState.AWAY, first.session().state());
            assertEquals(List.of("a"), back(first, 0).messages());

            Socket other = open();
            pass(Duration.ofSeconds(25));
            pass(Duration.ofSeconds(10).plusMillis(1));
            assertEquals(SessionState.AWAY, other.session().state());
            assertEquals(List.of("close 4500 no sign of life from the client"), other.wire.closes());
        }

        @Test
        void shouldRunItsDisconnectionEventOnceAndNotBeforeTheWindowHasPassed() {
            Socket first = open();
            first.lose();
            stage.handled.clear();
            pass(Duration.ofMinutes(2));
            assertEquals(List.of(), stage.handled);
            pass(Duration.ofMillis(1));
            pass(Duration.ofMinutes(2));
            assertEquals(List.of(first.session().cid() + " 1006"), ended());
            assertEquals(0, bench.sessions.count());
        }

        @Test
        void shouldNotCountForQuotasButBeFound() {
            Socket first = open(who -> who.user("ann"));
            first.lose();
            assertEquals(1, bench.registry.away());
            assertTrue(bench.reach.isAlive(first.session().cid()));
            Socket second = open(who -> who.user("ann"));
            second.lose();
            new Socket(new FakeWire(), who -> who.user("ann")).connect(first.wish(0));
            assertEquals(1, bench.registry.away());
        }

        private ConnectionRow row(Session session) {
            return bench.directory.list(10).stream()
                    .filter(row -> row.cid().equals(session.cid()))
                    .findFirst()
                    .orElseThrow();
        }

        private boolean isShownAsAway(Session session) {
            return bench.reach.find(session.cid()).orElseThrow().away();
        }

        @Test
        void shouldBeShownAsAwayUntilItsClientIsBack() {
            Socket first = open();
            Session session = first.session();
            assertNull(row(session).awaySince());
            assertFalse(isShownAsAway(session));
            bench.clock.advance(Duration.ofSeconds(1));
            long lost = bench.clock.millis();
            first.lose();
            bench.clock.advance(Duration.ofSeconds(1));
            assertEquals(lost, row(session).awaySince());
            assertTrue(isShownAsAway(session));
            assertEquals(1, bench.reach.count(Scope.ofCids(List.of(session.cid()))));
            assertEquals(0, bench.registry.connected());
            back(first, 0);
            assertNull(row(session).awaySince());
            assertFalse(isShownAsAway(session));
            assertEquals(1, bench.registry.connected());
        }

        @Test
        void shouldBeShownWithTheTimeOfItsLossWhenItsLoginEndsMeanwhile() {
            Socket first = open(who -> who.user("ann"));
            long lost = bench.clock.millis();
            first.lose();
            bench.clock.advance(Duration.ofSeconds(1));
            bench.expire(first.session());
            assertNull(row(first.session()).userId());
            assertEquals(lost, row(first.session()).awaySince());
        }

        @Test
        void shouldCountTheBytesThatAreKeptForIt() {
            Socket first = open();
            send(first.session(), "x".repeat(200));
            first.lose();
            assertTrue(bench.factory.keptBytes() > 200);
            pass(Duration.ofMinutes(3));
            assertEquals(0, bench.factory.keptBytes());
        }

        @Test
        void shouldMakeRoomForThoseThatAreAwayLater() {
            List<Socket> sockets = List.of(open(), open(), open(), open());
            sockets.forEach(Socket::lose);
            assertEquals(SessionState.CLOSED, sockets.get(0).session().state());
            assertEquals(SessionState.AWAY, sockets.get(1).session().state());
            assertEquals(1, bench.meters.value(Meter.SESSIONS_CROWDED_OUT));
        }

        @Test
        void shouldEndFirstWhereTooMuchIsKept() {
            String large = "x".repeat(250);
            Socket first = open();
            Socket second = open();
            Socket third = open();
            first.lose();
            second.lose();
            for (Socket socket : List.of(first, second, third)) {
                send(socket.session(), large);
            }
            assertEquals(SessionState.AWAY, first.session().state());
            Socket fourth = open();
            send(fourth.session(), large);
            assertEquals(SessionState.CLOSED, first.session().state());
            assertEquals(SessionState.AWAY, second.session().state());
            assertEquals(1, back(second, 0).messages().size());
        }

        @Test
        void shouldNotKeepForTheNextUserWhatWasSentToTheLast() {
            Socket first = open(who -> who.user("ann"));
            send(first.session(), "for ann");
            first.lose();
            bench.expire(first.session());
            bench.run();
            Socket second = back(first, 0);
            assertTrue(second.connected().contains("\"recovered\":false"), second.connected());
            assertEquals(List.of(), second.messages());
        }

        @Test
        void shouldEndWithTheLoginThatItNeeds() {
            Socket first = open(who -> who.needsLogin().user("ann", bench.clock.instant().plusSeconds(60)));
            first.lose();
            pass(Duration.ofSeconds(61));
            assertEquals(SessionState.CLOSED, first.session().state());
        }

        @Test
        void shouldEndAsTheServerStops() {
            Socket first = open();
            first.lose();
            Socket second = open();
            bench.sessions.stopAccepting();
            second.lose();
            assertEquals(SessionState.CLOSED, second.session().state());
            bench.all.end();
            assertEquals(SessionState.CLOSED, first.session().state());
        }

        @Test
        void shouldEndInADrain() {
            Socket first = open();
            first.lose();
            bench.all.restart(1, Duration.ofSeconds(1));
            bench.run();
            assertEquals(SessionState.CLOSED, first.session().state());
            assertEquals(List.of(first.session().cid() + " 1012"), ended());
        }

        @Test
        void shouldGiveItsMemoryBack() {
            Socket first = open();
            send(first.session(), "x".repeat(200));
            first.lose();
            pass(Duration.ofMinutes(3));
            for (int i = 0; i < 20; i++) {
                Socket next = open();
                send(next.session(), "x".repeat(200));
                next.lose(1000);
            }
            Socket last = open();
            send(last.session(), "kept");
            last.lose();
            assertEquals(List.of("kept"), back(last, 0).messages());
        }
    }

    @Test
    void shouldRefuseNothingOfAMessageThatIsTooFastTwice() {
        Stage fast = new Stage(Bench.withRate(1, 1, 100));
        Attachment attachment = fast.bench.client().speaks(Dialect.V1).attach(fast.wire);
        Link link = Bench.link(attachment.session());
        fast.gateway.received(
                attachment.session(),
                link,
                new ClientFrame.Connect(Payload.NULL, false, null, new ClientFrame.Resume(null), false));
        fast.bench.run();
        fast.gateway.received(attachment.session(), link, new ClientFrame.Message(1L, Payload.NULL));
        fast.gateway.received(attachment.session(), link, new ClientFrame.Message(2L, Payload.NULL));
        fast.bench.run();
        assertTrue(
                fast.wire.sent().stream().anyMatch(frame -> frame.contains("\"code\":" + Code.TOO_MANY.value()) && frame.contains("\"re\":2")),
                fast.wire.sent().toString());
    }
}
