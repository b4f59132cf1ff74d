package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.Receipt.Outcome;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sends with policies and receipts to one session, over the loss and the return of its socket. A queue has room for 4 messages, a log for 5. */
class OptionSendsTest {

    /** With receipts and held back messages in small numbers, and room for whole frames. */
    private final Bench bench = Bench.roomy(0, 1, 1);

    private static Message message(String text, SendOption.@Nullable Policy policy) {
        return new Message(Bench.JSON.payload(text), false, policy, Sender.SERVER);
    }

    private static Scope only(Session session) {
        return Scope.ofCids(List.of(session.cid()));
    }

    private SendResult send(Session session, String text, SendOption.@Nullable Policy policy) {
        return bench.reach.send(only(session), message(text, policy));
    }

    private CompletableFuture<Outcome> track(Session session, String text, Until until, SendOption.@Nullable Policy policy) {
        List<Receipt> receipts =
                bench.reach.sendTracked(only(session), message(text, policy), until).receipts();
        assertEquals(session.cid(), receipts.get(0).cid());
        return receipts.get(0).outcome().toCompletableFuture();
    }

    private static int code(CompletableFuture<Outcome> receipt) {
        CompletionException failed = assertThrows(CompletionException.class, () -> receipt.getNow(null));
        return ((CloudObjectException) failed.getCause()).code();
    }

    private @Nullable Outcome outcome(CompletableFuture<Outcome> receipt) {
        bench.run();
        return receipt.getNow(null);
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        bench.timeouts.run();
        bench.run();
    }

    @Nested
    class TheNewestOfAKey {

        private final SendOption.Policy price = SendOption.newestOf("price");

        @Test
        void shouldBeAllThatAStalledClientGets() {
            Peer peer = new Peer(bench);
            peer.stall();
            send(peer.session(), "1", price);
            bench.run();
            send(peer.session(), "2", price);
            send(peer.session(), "m", null);
            SendResult third = send(peer.session(), "3", price);
            assertEquals(new SendResult(1, 1, 1, 0, 0, 1, false), third);
            for (int i = 0; i < 3; i++) {
                peer.answer();
                bench.run();
            }
            assertEquals(List.of("1", "3", "m"), peer.read());
            assertEquals(peer.received(), peer.sent());
            assertEquals(1, bench.meters.value(Meter.DELIVERIES_REPLACED));
        }

        @Test
        void shouldBeAllThatIsKeptForAClientThatIsAway() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", price);
            peer.lose(true);
            for (int i = 2; i < 20; i++) {
                assertEquals(1, send(peer.session(), String.valueOf(i), price).queued());
            }
            assertTrue(peer.back());
            assertEquals(List.of("1", "19"), peer.read());
            assertEquals(peer.received(), peer.sent());
        }

        @Test
        void shouldNotReplaceWhatALostSocketMayHaveTaken() {
            Peer peer = new Peer(bench);
            peer.stall();
            send(peer.session(), "1", price);
            bench.run();
            send(peer.session(), "2", price);
            peer.lose(false);
            send(peer.session(), "3", price);
            assertEquals(2, peer.sent());
            assertTrue(peer.back());
            assertEquals(List.of("1", "3"), peer.read());
        }

        @Test
        void shouldBeCountedRightWhereTheClientHadReadTheOneBefore() {
            Peer peer = new Peer(bench);
            peer.stall();
            send(peer.session(), "1", price);
            peer.read();
            peer.lose(true);
            send(peer.session(), "2", price);
            assertTrue(peer.back());
            assertEquals(List.of("1", "2"), peer.read());
        }

        @Test
        void shouldCloseAClientThatHasNoRoomForIt() {
            Bench small = new Bench();
            FakeWire wire = new FakeWire().hold();
            Session session = small.client().accepted(wire);
            small.run();
            for (int i = 0; i < 4; i++) {
                small.reach.send(only(session), message("m", null));
            }
            assertEquals(1, small.reach.send(only(session), message("1", price)).dropped());
            small.run();
            assertEquals(List.of("close 1013 it is too far behind with reading"), wire.closes());
        }

        @Test
        void shouldGiveItsMemoryBack() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            send(peer.session(), "1", price);
            send(peer.session(), "a longer one", price);
            assertTrue(bench.factory.keptBytes() > 0);
            pass(Duration.ofMinutes(3));
            assertEquals(0, bench.factory.keptBytes());
            assertEquals(0, bench.budget.used());
        }
    }

    @Nested
    class TheOldest {

        private final SendOption.Policy drop = SendOption.dropOldest();

        @Test
        void shouldMakeRoomInTheQueueOfAClientThatCannotResume() {
            Bench small = new Bench();
            FakeWire wire = new FakeWire().hold();
            Session session = small.client().accepted(wire);
            small.run();
            int replaced = 0;
            for (int i = 0; i < 9; i++) {
                SendResult sent = small.reach.send(only(session), message(String.valueOf(i), drop));
                assertEquals(1, sent.queued());
                replaced += sent.replaced();
            }
            assertEquals(5, replaced);
            for (int i = 0; i < 5; i++) {
                wire.answer(null);
                small.run();
            }
            assertEquals(List.of("\"5\"", "\"6\"", "\"7\"", "\"8\""), wire.log().subList(1, 5));
            assertEquals(List.of(), wire.closes());
        }

        @Test
        void shouldBeDroppedItselfWhereNoneWaits() {
            Bench small = new Bench();
            FakeWire wire = new FakeWire().hold();
            Session session = small.client().accepted(wire);
            small.run();
            for (int i = 0; i < 4; i++) {
                small.reach.send(only(session), message("m", null));
            }
            SendResult sent = small.reach.send(only(session), message("d", drop));
            assertEquals(new SendResult(1, 0, 0, 1, 0, 0, false), sent);
            assertEquals(SessionState.OPEN, session.state());
        }

        @Test
        void shouldMakeRoomInTheLogOfAClientThatIsAway() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            send(peer.session(), "m", null);
            for (int i = 0; i < 9; i++) {
                send(peer.session(), String.valueOf(i), drop);
            }
            assertEquals(5, peer.sent());
            assertTrue(peer.back());
            assertEquals(List.of("m", "5", "6", "7", "8"), peer.read());
            assertEquals(peer.received(), peer.sent());
        }

        @Test
        void shouldLetAStalledClientComeBack() {
            Peer peer = new Peer(bench);
            peer.stall();
            for (int i = 0; i < 9; i++) {
                send(peer.session(), String.valueOf(i), drop);
                bench.run();
            }
            peer.lose(false);
            send(peer.session(), "9", drop);
            assertTrue(peer.back());
            assertEquals(List.of("0", "6", "7", "8", "9"), peer.read());
        }
    }

    @Nested
    class SoManyASecond {

        private final SendOption.Policy most = SendOption.atMost(2, "p");

        @Test
        void shouldGoAtOnceAndThenAtMostEveryHalfSecond() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            assertEquals(List.of("1"), peer.read());
            assertEquals(0, send(peer.session(), "2", most).replaced());
            assertEquals(1, send(peer.session(), "3", most).replaced());
            pass(Duration.ofMillis(499));
            assertEquals(List.of("1"), peer.read());
            pass(Duration.ofMillis(1));
            assertEquals(List.of("1", "3"), peer.read());
            send(peer.session(), "4", most);
            pass(Duration.ofMillis(499));
            assertEquals(List.of("1", "3"), peer.read());
            bench.clock.advance(Duration.ofMillis(1));
            assertEquals(1, send(peer.session(), "5", most).replaced());
            assertEquals(List.of("1", "3", "5"), peer.read());
            pass(Duration.ofSeconds(9));
            assertEquals(List.of("1", "3", "5"), peer.read());
        }

        @Test
        void shouldNotLimitOtherKeysAndSessions() {
            Peer one = new Peer(bench);
            Peer other = new Peer(bench);
            send(one.session(), "1", most);
            send(one.session(), "2", SendOption.atMost(2, "q"));
            send(one.session(), "3", SendOption.newestOf("p"));
            send(other.session(), "4", most);
            assertEquals(List.of("1", "2", "3"), one.read());
            assertEquals(List.of("4"), other.read());
        }

        @Test
        void shouldGoOnWhileTheClientIsAway() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            send(peer.session(), "2", most);
            peer.lose(true);
            pass(Duration.ofSeconds(1));
            send(peer.session(), "3", most);
            send(peer.session(), "4", most);
            pass(Duration.ofSeconds(1));
            assertTrue(peer.back());
            assertEquals(List.of("1", "4"), peer.read());
        }

        @Test
        void shouldLeaveBeforeTheServerClosesInGoodOrder() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            assertEquals(1, peer.read().size());
            send(peer.session(), "2", most);
            bench.reach.close(only(peer.session()));
            assertEquals(List.of("1", "2"), peer.read());
            // It is counted by both.
            assertTrue(peer.confirm());
            bench.sessions.end(peer.session(), SessionEnd.byPeer(4000, ""));
            assertEquals(0, bench.factory.keptBytes());
        }

        @Test
        void shouldLeaveBeforeACloseThoughTheQueueIsFull() {
            Bench small = new Bench();
            FakeWire wire = new FakeWire();
            Session session = small.client().accepted(wire);
            small.run();
            small.reach.send(only(session), message("1", most));
            small.run();
            wire.hold();
            Receipt receipt = small.reach
                    .sendTracked(only(session), message("2", most), Until.WRITTEN)
                    .receipts()
                    .get(0);
            for (int i = 0; i < 5; i++) {
                assertEquals(1, small.reach.send(only(session), message("m", null)).queued());
                small.run();
            }
            small.reach.close(only(session));
            small.run();
            while (wire.isUnanswered()) {
                wire.answer(null);
                small.run();
            }
            List<String> log = wire.log();
            assertEquals(List.of("\"m\"", "\"2\"", "close 4000 closed by the cloud object"), log.subList(log.size() - 3, log.size()));
            assertEquals(Outcome.WRITTEN, receipt.outcome().toCompletableFuture().getNow(null));
            small.sessions.end(session, SessionEnd.byPeer(4000, ""));
            assertEquals(0, small.budget.used());
        }

        @Test
        void shouldTakeThePlaceOfAnOlderOneThatWaitsAtAClose() {
            Peer peer = new Peer(bench);
            peer.stall();
            send(peer.session(), "0", null);
            bench.run();
            CompletableFuture<Outcome> first = track(peer.session(), "1", Until.WRITTEN, most);
            CompletableFuture<Outcome> second = track(peer.session(), "2", Until.WRITTEN, most);
            bench.reach.close(only(peer.session()));
            assertEquals(Outcome.REPLACED, outcome(first));
            peer.answer();
            bench.run();
            peer.answer();
            assertEquals(List.of("0", "2"), peer.read());
            assertEquals(Outcome.WRITTEN, outcome(second));
            assertEquals(1, bench.meters.value(Meter.DELIVERIES_REPLACED));
            bench.sessions.end(peer.session(), SessionEnd.byPeer(4000, ""));
            assertEquals(0, bench.factory.keptBytes());
        }

        @Test
        void shouldNotBeHeldBackForASessionThatIsClosing() {
            Peer peer = new Peer(bench);
            peer.stall();
            send(peer.session(), "0", null);
            bench.run();
            send(peer.session(), "1", most);
            bench.reach.close(only(peer.session()));
            // It was found before the close began.
            OptionSends.Sent sent =
                    bench.deliveries.deliver(peer.session(), Bench.text("2"), SendPolicy.of(most), null);
            assertEquals(Deliveries.Delivery.UNREACHABLE, sent.delivery());
            assertEquals(0, sent.replaced());
        }

        @Test
        void shouldEndWithASessionThatIsClosedWhileItIsAway() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            peer.lose(true);
            CompletableFuture<Outcome> held = track(peer.session(), "2", Until.WRITTEN, most);
            bench.reach.close(only(peer.session()));
            assertEquals(Outcome.ENDED, outcome(held));
            assertEquals(0, bench.factory.keptBytes());
            assertEquals(0, bench.factory.receipts().waiting());
        }

        @Test
        void shouldEndWithASessionThatDoesNotComeBack() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", SendOption.atMost(1, "p"));
            peer.lose(true);
            CompletableFuture<Outcome> held = track(peer.session(), "2", Until.WRITTEN, SendOption.atMost(1, "p"));
            pass(Duration.ofMinutes(3));
            assertEquals(Outcome.ENDED, outcome(held));
            assertEquals(0, bench.factory.keptBytes());
            assertEquals(0, bench.factory.receipts().waiting());
        }

        @Test
        void shouldNotHoldBackMoreKeysThanItMayKeep() {
            Peer peer = new Peer(bench);
            for (int key = 0; key < 4; key++) {
                send(peer.session(), "first " + key, SendOption.atMost(1, "k" + key));
                peer.confirm();
            }
            send(peer.session(), "second 2", SendOption.atMost(1, "k2"));
            send(peer.session(), "second 3", SendOption.atMost(1, "k3"));
            assertEquals("second 3", peer.read().get(4));
            pass(Duration.ofSeconds(1));
            assertEquals("second 2", peer.read().get(5));
            // Keys that are free again leave their place to others.
            pass(Duration.ofSeconds(2));
            send(peer.session(), "a", SendOption.atMost(1, "other"));
            send(peer.session(), "b", SendOption.atMost(1, "other"));
            assertEquals(7, peer.read().size());
        }

        @Test
        void shouldNotHoldBackMoreBytesThanItMayKeep() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            assertEquals(1, peer.read().size());
            send(peer.session(), "x".repeat(200), most);
            assertEquals(2, peer.read().size());
        }

        @Test
        void shouldForgetWhatItHeldWithTheSession() {
            Peer peer = new Peer(bench);
            send(peer.session(), "1", most);
            send(peer.session(), "2", most);
            bench.sessions.end(peer.session(), SessionEnd.byPeer(1000, ""));
            assertEquals(0, bench.factory.keptBytes());
            pass(Duration.ofSeconds(1));
        }
    }

    @Nested
    class UntilItIsWritten {

        @Test
        void shouldCompleteOnAThreadOfHandlers() {
            Peer peer = new Peer(bench);
            CompletableFuture<Outcome> receipt = track(peer.session(), "1", Until.WRITTEN, null);
            assertFalse(receipt.isDone());
            bench.sending.runAll();
            assertEquals(1, peer.frames("message"));
            assertFalse(receipt.isDone() && bench.handlers.waiting() > 0);
            assertEquals(Outcome.WRITTEN, outcome(receipt));
            assertEquals(0, bench.factory.receipts().waiting());
        }

        @Test
        void shouldWaitForAClientThatIsAway() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            CompletableFuture<Outcome> receipt = track(peer.session(), "1", Until.WRITTEN, null);
            assertNull(outcome(receipt));
            assertTrue(peer.back());
            assertEquals(Outcome.WRITTEN, outcome(receipt));
        }

        @Test
        void shouldTellWhatWasReplacedDroppedOrEnded() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            CompletableFuture<Outcome> first =
                    track(peer.session(), "1", Until.WRITTEN, SendOption.newestOf("a"));
            CompletableFuture<Outcome> second =
                    track(peer.session(), "2", Until.WRITTEN, SendOption.newestOf("a"));
            assertEquals(Outcome.REPLACED, outcome(first));
            CompletableFuture<Outcome> dropped =
                    track(peer.session(), "3", Until.WRITTEN, SendOption.dropOldest());
            IntStream.range(0, 5).forEach(i -> send(peer.session(), "d", SendOption.dropOldest()));
            assertEquals(Outcome.DROPPED, outcome(dropped));
            assertNull(outcome(second));
            pass(Duration.ofMinutes(3));
            assertEquals(Outcome.ENDED, outcome(second));
            assertEquals(0, bench.factory.receipts().waiting());
        }

        @Test
        void shouldTellThatItWasHeldBackAndReplaced() {
            Peer peer = new Peer(bench);
            SendOption.Policy most = SendOption.atMost(1, "a");
            assertEquals(Outcome.WRITTEN, outcome(track(peer.session(), "1", Until.WRITTEN, most)));
            CompletableFuture<Outcome> second = track(peer.session(), "2", Until.WRITTEN, most);
            CompletableFuture<Outcome> third = track(peer.session(), "3", Until.WRITTEN, most);
            assertEquals(Outcome.REPLACED, outcome(second));
            assertNull(outcome(third));
            pass(Duration.ofSeconds(1));
            assertEquals(Outcome.WRITTEN, outcome(third));
        }

        @Test
        void shouldTellThatAClientWasTooFarBehind() {
            Bench small = new Bench();
            Session session = small.client().accepted(new FakeWire().hold());
            small.run();
            for (int i = 0; i < 4; i++) {
                small.reach.send(only(session), message("m", null));
            }
            Receipt receipt = small.reach
                    .sendTracked(only(session), message("m", null), Until.WRITTEN)
                    .receipts()
                    .get(0);
            small.run();
            assertEquals(Outcome.DROPPED, receipt.outcome().toCompletableFuture().getNow(null));
        }

        @Test
        void shouldFailWhereTooManyWait() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            for (int i = 0; i < 4; i++) {
                assertNull(outcome(track(peer.session(), "m", Until.WRITTEN, null)));
            }
            assertEquals(Code.TOO_MANY.value(), code(track(peer.session(), "m", Until.WRITTEN, null)));
            Peer other = new Peer(bench);
            other.lose(true);
            assertNull(outcome(track(other.session(), "m", Until.WRITTEN, null)));
            assertNull(outcome(track(other.session(), "m", Until.WRITTEN, null)));
            assertEquals(Code.TOO_MANY.value(), code(track(other.session(), "m", Until.WRITTEN, null)));
            assertEquals(6, bench.factory.receipts().waiting());
            assertTrue(peer.back());
            bench.run();
            assertEquals(5, peer.read().size());
            assertEquals(2, bench.factory.receipts().waiting());
        }
    }

    @Nested
    class UntilItIsAcknowledged {

        @Test
        void shouldAskTheClientForItsCountBehindTheMessage() {
            Peer peer = new Peer(bench);
            CompletableFuture<Outcome> receipt = track(peer.session(), "1", Until.ACKNOWLEDGED, null);
            assertEquals(1, peer.frames("ping"));
            assertNull(outcome(receipt));
            assertTrue(peer.confirm());
            assertEquals(Outcome.ACKNOWLEDGED, outcome(receipt));
        }

        @Test
        void shouldAskOnceASecondUntilThen() {
            Peer peer = new Peer(bench);
            track(peer.session(), "1", Until.ACKNOWLEDGED, null);
            track(peer.session(), "2", Until.ACKNOWLEDGED, null);
            pass(Duration.ofMillis(750));
            assertEquals(1, peer.frames("ping"));
            pass(Duration.ofMillis(250));
            assertEquals(2, peer.frames("ping"));
            peer.confirm();
            pass(Duration.ofSeconds(5));
            assertEquals(2, peer.frames("ping"));
        }

        @Test
        void shouldNotTakeTheCountOfMessagesBefore() {
            Peer peer = new Peer(bench);
            send(peer.session(), "0", null);
            assertEquals(1, peer.read().size());
            CompletableFuture<Outcome> receipt = track(peer.session(), "1", Until.ACKNOWLEDGED, null);
            assertTrue(peer.session().confirmed(1));
            assertNull(outcome(receipt));
            assertTrue(peer.session().confirmed(2));
            assertEquals(Outcome.ACKNOWLEDGED, outcome(receipt));
        }

        @Test
        void shouldBeCompletedByTheCountOfTheClientThatReturns() {
            Peer peer = new Peer(bench);
            CompletableFuture<Outcome> read = track(peer.session(), "1", Until.ACKNOWLEDGED, null);
            peer.lose(true);
            CompletableFuture<Outcome> missed = track(peer.session(), "2", Until.ACKNOWLEDGED, null);
            assertNull(outcome(read));
            assertTrue(peer.back());
            assertEquals(Outcome.ACKNOWLEDGED, outcome(read));
            assertNull(outcome(missed));
            pass(Duration.ofSeconds(1));
            assertEquals(1, peer.frames("ping"));
            peer.confirm();
            assertEquals(Outcome.ACKNOWLEDGED, outcome(missed));
        }

        @Test
        void shouldKnowItsNumberWhereMessagesBeforeItWereTakenOut() {
            Peer peer = new Peer(bench);
            peer.lose(true);
            SendOption.Policy drop = SendOption.dropOldest();
            send(peer.session(), "d1", drop);
            send(peer.session(), "d2", drop);
            send(peer.session(), "d3", drop);
            CompletableFuture<Outcome> receipt = track(peer.session(), "m", Until.ACKNOWLEDGED, null);
            send(peer.session(), "d4", drop);
            send(peer.session(), "d5", drop);
            send(peer.session(), "d6", drop);
            assertTrue(peer.back());
            assertEquals(List.of("d3", "m", "d4", "d5", "d6"), peer.read());
            assertTrue(peer.session().confirmed(1));
            assertNull(outcome(receipt));
            assertTrue(peer.session().confirmed(2));
            assertEquals(Outcome.ACKNOWLEDGED, outcome(receipt));
        }

        @Test
        void shouldNotBePossibleForAClientThatConfirmsNothing() {
            FakeWire wire = new FakeWire();
            Session plain = bench.client().accepted(wire);
            assertEquals(Code.NOT_CALLABLE.value(), code(track(plain, "1", Until.ACKNOWLEDGED, null)));
            bench.run();
            assertEquals("\"1\"", wire.log().get(1));
        }

        @Test
        void shouldEndWithTheSession() {
            Peer peer = new Peer(bench);
            CompletableFuture<Outcome> receipt = track(peer.session(), "1", Until.ACKNOWLEDGED, null);
            bench.sessions.end(peer.session(), SessionEnd.byPeer(1000, ""));
            assertEquals(Outcome.ENDED, outcome(receipt));
            assertEquals(0, bench.factory.receipts().waiting());
        }
    }

    @Test
    void shouldTellOfAConnectionThatLacksEncryption() {
        Peer peer = new Peer(bench);
        Message secret = new Message(Bench.JSON.payload("1"), true, null, Sender.SERVER);
        Receipt receipt =
                bench.reach.sendTracked(only(peer.session()), secret, Until.WRITTEN).receipts().get(0);
        assertEquals(Outcome.DROPPED, receipt.outcome().toCompletableFuture().getNow(null));
    }
}
