package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A request of a client is answered once: by a result, the items of a stream, or an event that says why not. */
class ClientRequestsTest {

    private final Stage stage = new Stage(Bench.roomy(0, 1, 1));
    private final Bench bench = stage.bench;
    private final Session session = stage.connected(bench.client().speaks(Dialect.V1).user("ann"));
    private final int before = stage.wire.sent().size();

    private void send(ClientFrame frame) {
        stage.gateway.received(session, Bench.link(session), frame);
    }

    private void request(long id, @Nullable String method, @Nullable Integer credit) {
        send(new ClientFrame.Request(id, method, credit, Bench.JSON.write("hello")));
    }

    private void request(long id) {
        request(id, null, null);
    }

    private void returns(@Nullable Object value) {
        stage.on(Event.MESSAGE, call -> new Answer.Returned(value));
    }

    private List<String> answers() {
        bench.run();
        return stage.wire.sent().subList(before, stage.wire.sent().size());
    }

    private static String response(long id, String data) {
        return "{\"type\":\"response\",\"re\":" + id + ",\"data\":" + data + "}";
    }

    private static String item(long id, Object data) {
        return "{\"type\":\"item\",\"re\":" + id + ",\"data\":" + data + "}";
    }

    private static String end(long id) {
        return "{\"type\":\"response\",\"re\":" + id + ",\"end\":true}";
    }

    private void assertFailed(int code, String frame) {
        assertTrue(frame.contains("\"event\":\"error\"") && frame.contains("\"code\":" + code), frame);
        assertTrue(frame.contains("\"re\":"), frame);
    }

    private void assertOneFailure(int code) {
        List<String> answers = answers();
        assertEquals(1, answers.size(), answers::toString);
        assertFailed(code, answers.get(0));
    }

    @Nested
    class AnEvent {

        @Test
        void shouldAnswerWithWhatItReturns() {
            returns(Result.ok("sum", 3));
            request(7);
            assertEquals(List.of(response(7, "{\"code\":0,\"msg\":\"\",\"sum\":3}")), answers());
            assertEquals(List.of("Message \"hello\" by ann"), stage.handled);
            assertEquals(1, bench.meters.value(Meter.MESSAGES_RECEIVED));
        }

        @Test
        void shouldAnswerWithNullForNothing() {
            request(7);
            assertEquals(List.of(response(7, "null")), answers());
        }

        @Test
        void shouldAnswerWithBytesInABinaryFrame() {
            returns(new byte[] {1, 2});
            request(7);
            bench.run();
            assertEquals(before + 1, stage.wire.log().size());
        }

        @Test
        void shouldTakeItsTurnAmongTheMessages() {
            returns("x");
            stage.message(session, 1L, "a");
            request(2);
            stage.message(session, 3L, "b");
            assertEquals(
                    List.of("{\"type\":\"ack\",\"id\":1}", response(2, "\"x\""), "{\"type\":\"ack\",\"id\":3}"), answers());
        }

        @Test
        void shouldRefuseByACode() {
            returns(Result.of(1001, "no"));
            request(7);
            assertOneFailure(1001);
        }

        @Test
        void shouldFailAsAMessageDoes() {
            stage.on(Event.MESSAGE, call -> Stage.failed(new IllegalStateException("a bug")));
            request(7);
            assertOneFailure(500);
            assertTrue(stage.handled.get(1).startsWith("Error "), stage.handled::toString);
        }

        @Test
        void shouldFailWhereTheResultCannotBeWritten() {
            List<Object> self = new ArrayList<>();
            self.add(self);
            returns(self);
            request(7);
            assertOneFailure(500);
        }

        @Test
        void shouldAnswerWhileTheUsersCannotBeAsked() {
            stage.users.away = new CloudObjectException(Code.UNAVAILABLE);
            request(7);
            assertOneFailure(503);
        }

        @Test
        void shouldNotCountAPathAsAStream() {
            returns(Path.of("a"));
            request(7);
            assertFalse(answers().get(0).contains("501"));
        }
    }

    @Nested
    class AMethod {

        @Test
        void shouldBeCalledOverTheConnection() {
            List<Source> sources = new ArrayList<>();
            stage.on("add", call -> {
                sources.add(call.source());
                return new Answer.Returned(5);
            });
            request(7, "add", null);
            assertEquals(List.of(response(7, "5")), answers());
            assertEquals(List.of(Source.WEBSOCKET), sources);
            assertEquals(List.of("add \"hello\" by ann"), stage.handled);
        }

        @Test
        void shouldBeRefusedAsOverHttp() {
            request(1, "nothing", null);
            request(2, "onWebsocketMessage", null);
            request(3, "_before", null);
            List<String> answers = answers();
            assertFailed(404, answers.get(0));
            assertFailed(501, answers.get(1));
            assertFailed(403, answers.get(2));
            assertTrue(answers.get(0).contains("requestId"), answers::toString);
            assertEquals(List.of(), stage.handled);
        }

        @Test
        void shouldNotRunTheErrorEventWhenItFails() {
            stage.on("add", call -> Stage.failed(new IllegalStateException("a bug")));
            request(7, "add", null);
            assertOneFailure(500);
            assertEquals(1, stage.handled.size());
        }
    }

    @Nested
    class ACancel {

        @Test
        void shouldDropARequestThatWaits() {
            request(1);
            request(2);
            send(new ClientFrame.Cancel(2));
            List<String> answers = answers();
            assertEquals(response(1, "null"), answers.get(0));
            assertFailed(499, answers.get(1));
            assertEquals(1, stage.handled.size());
        }

        @Test
        void shouldInterruptOneThatRuns() {
            stage.on(Event.MESSAGE, call -> {
                send(new ClientFrame.Cancel(7));
                assertTrue(Thread.currentThread().isInterrupted());
                return new Answer.Returned("late");
            });
            request(7);
            assertOneFailure(499);
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(1, stage.handled.size(), "no error event");
        }

        @Test
        void shouldBeIgnoredForAnAnswerThatWasGiven() {
            request(7);
            bench.run();
            send(new ClientFrame.Cancel(7));
            request(8);
            assertEquals(List.of(response(7, "null"), response(8, "null")), answers());
        }

        @Test
        void shouldBeRememberedForSoManyOnly() {
            for (long id = 10; id < 1000; id++) {
                send(new ClientFrame.Cancel(id));
            }
            request(10);
            assertEquals(response(10, "null"), answers().get(0));
            request(999);
            assertFailed(499, answers().get(1));
        }
    }

    @Nested
    class AStream {

        private final List<String> closed = new ArrayList<>();

        private Stream<Integer> numbers(int last) {
            return IntStream.rangeClosed(1, last).boxed().onClose(() -> closed.add("closed"));
        }

        @Test
        void shouldSendAsManyItemsAsTheClientTakes() {
            returns(numbers(4));
            request(7, null, 2);
            assertEquals(List.of(item(7, 1), item(7, 2)), answers());
            send(new ClientFrame.Credit(7, 3));
            assertEquals(List.of(item(7, 1), item(7, 2), item(7, 3)), answers());
            assertEquals(List.of(), closed);
            send(new ClientFrame.Credit(7, 1000));
            assertEquals(List.of(item(7, 4), end(7)), answers().subList(3, 5));
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldNotHoldUpTheMessages() {
            returns(numbers(4));
            request(7, null, 1);
            stage.message(session, 8L, "x");
            assertTrue(answers().contains("{\"type\":\"ack\",\"id\":8}"));
        }

        @Test
        void shouldTakeRepeatedCreditOnce() {
            returns(numbers(9));
            request(7, null, 1);
            bench.run();
            send(new ClientFrame.Credit(7, 3));
            send(new ClientFrame.Credit(7, 3));
            send(new ClientFrame.Credit(7, 2));
            assertEquals(3, answers().size());
        }

        @Test
        void shouldEndWithTooMuchCredit() {
            returns(numbers(9));
            request(7, null, 1);
            bench.run();
            send(new ClientFrame.Credit(7, 1002));
            assertFailed(400, answers().get(1));
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldNeedCredit() {
            returns(numbers(3));
            request(7);
            List<String> answers = answers();
            assertFailed(501, answers.get(0));
            assertTrue(answers.get(0).contains("credit"), answers::toString);
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldBeClosedWhereNobodyReadsIt() {
            stage.on(Event.MESSAGE, call -> new Answer.Returned(numbers(3)));
            stage.message(session, 1L, "x");
            stage.message(session, null, "x");
            assertEquals(List.of("{\"type\":\"ack\",\"id\":1}"), answers());
            assertEquals(List.of("closed", "closed"), closed);
        }

        @Test
        void shouldEndWhenItIsCancelled() {
            returns(numbers(9));
            request(7, null, 2);
            bench.run();
            send(new ClientFrame.Cancel(7));
            assertFailed(499, answers().get(2));
            send(new ClientFrame.Credit(7, 9));
            assertEquals(3, answers().size());
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldEndWithTheFailureOfItsSource() {
            Iterator<Integer> broken = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    throw new CloudObjectException(1001, "dry");
                }
            };
            returns(broken);
            request(7, null, 2);
            assertOneFailure(1001);
            returns((Iterable<Object>) () -> {
                throw new IllegalStateException("a secret");
            });
            request(8, null, 2);
            List<String> answers = answers();
            assertFailed(500, answers.get(1));
            assertFalse(answers.get(1).contains("secret"));
        }

        @Test
        void shouldEndWithTheSession() {
            returns(numbers(9));
            request(7, null, 2);
            bench.run();
            bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
            bench.run();
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldEndWithoutCreditForTooLong() {
            returns(numbers(9));
            request(7, null, 2);
            bench.run();
            bench.clock.advance(Duration.ofMinutes(5));
            bench.open.sweep();
            assertEquals(2, answers().size());
            bench.clock.advance(Duration.ofNanos(1));
            bench.open.sweep();
            assertFailed(502, answers().get(2));
            assertEquals(List.of("closed"), closed);
        }

        @Test
        void shouldBeOneOfFew() {
            stage.on(Event.MESSAGE, call -> new Answer.Returned(numbers(9)));
            request(1, null, 1);
            request(2, null, 1);
            request(3, null, 1);
            List<String> answers = answers();
            assertTrue(answers.stream().anyMatch(answer -> answer.contains("\"code\":429")), answers::toString);
            send(new ClientFrame.Cancel(1));
            request(4, null, 1);
            assertTrue(answers().contains(item(4, 1)));
        }

        @Test
        void shouldComeFromAPublisher() {
            try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
                returns(publisher);
                request(7, null, 2);
                bench.run();
                IntStream.rangeClosed(1, 3).forEach(publisher::submit);
                assertEquals(List.of(item(7, 1), item(7, 2)), answers());
                send(new ClientFrame.Credit(7, 4));
                assertEquals(List.of(item(7, 3)), answers().subList(2, 3));
                send(new ClientFrame.Cancel(7));
                answers();
                assertEquals(0, publisher.getNumberOfSubscribers());
            }
        }

        @Test
        void shouldEndWhereAPublisherPassesTooMuch() {
            List<String> cancelled = new ArrayList<>();
            returns((Flow.Publisher<Integer>) to -> to.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    for (int i = 0; i <= count; i++) {
                        to.onNext(i);
                    }
                }

                @Override
                public void cancel() {
                    cancelled.add("cancelled");
                }
            }));
            request(7, null, 1);
            List<String> answers = answers();
            assertEquals(item(7, 0), answers.get(0));
            assertFailed(500, answers.get(1));
            assertEquals(2, answers.size());
            assertEquals(List.of("cancelled"), cancelled);
        }
    }

    /** What a client sends because the server asked for it is admitted whatever the rate. */
    @Test
    void shouldAdmitTheCreditThatAStreamWaitsFor() {
        Stage slow = new Stage(Bench.roomy(1, 2, 100));
        slow.on(Event.MESSAGE, call -> new Answer.Returned(List.of(1, 2, 3, 4, 5, 6, 7, 8).iterator()));
        Session client = slow.connected(slow.bench.client().speaks(Dialect.V1));
        slow.gateway.received(client, Bench.link(client), new ClientFrame.Request(1, null, 1, Bench.JSON.write(1)));
        slow.bench.run();
        for (int total = 2; total <= 9; total++) {
            slow.gateway.received(client, Bench.link(client), new ClientFrame.Credit(1, total));
            slow.bench.run();
        }
        assertEquals(end(1), slow.lastSent());
        assertEquals(0, slow.bench.meters.value(Meter.MESSAGES_OVER_RATE));
    }
}
