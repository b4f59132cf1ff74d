package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Requests of the server to one client: each ends once, with an answer or with the reason why there is none. */
class SessionRequestsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Bench bench = new Bench();
    private final FakeWire wire = new FakeWire();
    private final Session session = bench.client().speaks(Dialect.V1).user("ann").accepted(wire);

    SessionRequestsTest() {
        session.requestsAnswered();
        bench.run();
    }

    private PreparedRequest prepare() {
        return bench.reach.request(Scope.ofCids(List.of(session.cid())), Bench.JSON.write("?"), TIMEOUT);
    }

    private PreparedRequest ask() {
        PreparedRequest request = prepare();
        request.send();
        bench.run();
        return request;
    }

    private void answer(long id, Payload data) {
        Objects.requireNonNull(session.requests()).asked().answered(id, data, null);
    }

    private List<String> sent() {
        bench.run();
        return wire.sent().subList(1, wire.sent().size());
    }

    private static String request(long id) {
        return "{\"type\":\"request\",\"id\":" + id + ",\"data\":\"?\"}";
    }

    private static String cancel(long id) {
        return "{\"type\":\"cancel\",\"re\":" + id + "}";
    }

    private static int code(PreparedRequest request) {
        CompletionException failure = assertThrows(CompletionException.class, () -> request.answer().join());
        return ((CloudObjectException) failure.getCause()).code();
    }

    private void assertRefused(int code, Scope to) {
        assertEquals(
                code,
                assertThrows(CloudObjectException.class, () -> bench.reach.request(to, Payload.NULL, TIMEOUT))
                        .code());
    }

    @Test
    void shouldCompleteOnAThreadForHandlers() {
        PreparedRequest request = ask();
        answer(1, Bench.JSON.write("!"));
        assertFalse(request.answer().isDone());
        bench.handlers.runAll();
        assertEquals(Bench.JSON.write("!"), request.answer().join());
        assertEquals(List.of(request(1)), sent());
    }

    @Test
    void shouldFailAsTheClientSays() {
        PreparedRequest request = ask();
        Objects.requireNonNull(session.requests()).asked().answered(1, Payload.NULL, new ErrorBody(1001, "no", null));
        bench.run();
        assertEquals(1001, code(request));
    }

    @Test
    void shouldIgnoreAnswersToWhatIsNotOpen() {
        PreparedRequest first = ask();
        answer(2, Payload.NULL);
        answer(1, Bench.JSON.write(1));
        answer(1, Bench.JSON.write(2));
        bench.run();
        assertEquals(Bench.JSON.write(1), first.answer().join());
    }

    @Test
    void shouldEndAtItsTimeLimit() {
        PreparedRequest request = ask();
        bench.clock.advance(TIMEOUT);
        bench.open.sweep();
        bench.run();
        assertFalse(request.answer().isDone());
        bench.clock.advance(Duration.ofNanos(1));
        bench.open.sweep();
        bench.run();
        assertEquals(502, code(request));
        assertEquals(List.of(request(1), cancel(1)), sent());
    }

    @Test
    void shouldBeCancelledByWhoWaits() {
        PreparedRequest request = ask();
        request.answer().cancel(true);
        assertEquals(List.of(request(1), cancel(1)), sent());
    }

    @Test
    void shouldNotBeSentOnceItWasGivenUp() {
        PreparedRequest request = prepare();
        request.fail(new CloudObjectException(499, "rolled back"));
        request.send();
        assertEquals(List.of(), sent());
        assertEquals(499, code(request));
    }

    @Test
    void shouldEndWithTheSession() {
        PreparedRequest request = ask();
        bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
        bench.run();
        assertEquals(410, code(request));
        assertRefused(404, Scope.ofCids(List.of(session.cid())));
    }

    @Test
    void shouldFailThoughTheHandlersHaveStopped() {
        PreparedRequest request = ask();
        bench.handlers.refuse(true);
        bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
        assertEquals(410, code(request));
    }

    @Test
    void shouldGoToExactlyOneConnection() {
        bench.client().speaks(Dialect.V1).user("ann").accepted();
        assertRefused(-1, new Scope(Target.user("ann"), List.of(Bench.PATH)));
        assertRefused(404, new Scope(Target.user("bob"), List.of(Bench.PATH)));
    }

    @Test
    void shouldNotGoToAClientThatAnswersNone() {
        assertRefused(501, Scope.ofCids(List.of(bench.client().accepted().cid())));
        assertRefused(501, Scope.ofCids(List.of(bench.client().speaks(Dialect.V1).accepted().cid())));
    }

    @Test
    void shouldBeOneOfFew() {
        ask();
        PreparedRequest second = ask();
        ask();
        assertRefused(429, Scope.ofCids(List.of(session.cid())));
        second.answer().cancel(true);
        ask();
    }

    @Test
    void shouldTakeNoMemoryOfASessionThatHasNone() {
        assertNull(session.requests());
    }

    @Test
    void shouldAdmitOneFrameForEachRequestWhateverTheRate() {
        Bench slow = Bench.withRate(1, 1, 100);
        Session client = slow.client().speaks(Dialect.V1).accepted();
        client.requestsAnswered();
        slow.reach.request(Scope.ofCids(List.of(client.cid())), Payload.NULL, TIMEOUT).send();
        assertEquals(Session.Admission.TAKEN, client.admit());
        assertEquals(Session.Admission.TAKEN, client.admit());
        assertEquals(Session.Admission.DROPPED, client.admit());
    }

    @Test
    void shouldHoldSoManyBytesBesideTheInbox() {
        assertTrue(session.holdBeside(1500));
        assertFalse(session.holdBeside(1));
        session.releaseBeside(1500);
        assertTrue(session.holdBeside(1));
    }
}
