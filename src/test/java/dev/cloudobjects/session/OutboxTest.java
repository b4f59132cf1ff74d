package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Outbox.Offer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Encoded CONNECT = message("connected");

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor sending = new ManualExecutor();
    private final ManualExecutor disposable = new ManualExecutor();
    private final QueueBudget budget = new QueueBudget(1000);
    private final FakeWire wire = new FakeWire();
    private final List<Throwable> faults = new ArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private boolean mayNotHear;
    private final Outbox outbox = outbox(wire);

    private Outbox outbox(Wire to) {
        return new Outbox(to, new Lanes(sending, disposable, 10), budget, clock, Bench.LIMITS, owner());
    }

    private Outbox.Owner owner() {
        return new Outbox.Owner(faults::add, () -> mayNotHear, () -> null);
    }

    private static Encoded message(String text) {
        return new Encoded.Text(text);
    }

    private Offer offer(String text) {
        return outbox.offer(message(text));
    }

    private void run() {
        while (sending.runAll() + disposable.runAll() > 0) {
            // One may bring work for the other.
        }
    }

    @Nested
    class Corked {

        @Test
        void shouldWriteNothingBeforeItIsUncorked() {
            offer("a");
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(1, budget.used());
        }

        @Test
        void shouldWriteTheConnectFrameAheadOfWhatWaited() {
            offer("a");
            offer("b");
            outbox.uncork(CONNECT);
            offer("c");
            run();
            assertEquals(List.of("connected", "a", "b", "c"), wire.log());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldWriteTheConnectFrameThoughTheQueueIsFull() {
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of("connected", "m", "m", "m", "m"), wire.log());
        }

        @Test
        void shouldWriteTheConnectFrameThoughTheBudgetIsUsedUp() {
            budget.charge(1000);
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of("connected"), wire.log());
        }

        @Test
        void shouldStayShutWhenUncorkedLate() {
            offer("a");
            outbox.shut();
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldNotPutAConnectFrameBehindALastMessage() {
            outbox.finish(message("refused"), true, finished::incrementAndGet);
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of("refused"), wire.log());
        }
    }

    @Nested
    class Together {

        private void takeBatches() {
            outbox.together(texts -> message(texts.stream()
                    .map(text -> ((Encoded.Text) text).text())
                    .collect(Collectors.joining(",", "[", "]"))));
        }

        @Test
        void shouldWriteWhatWaitsAsOne() {
            takeBatches();
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            offer("a");
            offer("b");
            offer("c");
            wire.answer(null);
            run();
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "[a,b,c]"), wire.log());
            assertEquals(0, budget.used());
            assertTrue(outbox.isIdle());
        }

        @Test
        void shouldWriteASingleOneAsItIs() {
            takeBatches();
            outbox.uncork(CONNECT);
            run();
            offer("a");
            run();
            assertEquals(List.of("connected", "a"), wire.log());
        }

        @Test
        void shouldNotPutAPingOrBytesIntoABatch() {
            takeBatches();
            offer("a");
            outbox.offer(new Encoded.Bytes(new byte[] {'x'}));
            offer("b");
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            outbox.ping();
            for (int writes = 0; writes < 3; writes++) {
                wire.answer(null);
                run();
            }
            assertEquals(List.of("[connected,a]", "ping", "x", "b"), wire.log());
        }

        @Test
        void shouldNotMakeOneOfMoreThanItsLimit() {
            QueueBudget large = new QueueBudget(1_000_000);
            Limits limits = Bench.limits(1000, 1_000_000);
            Outbox other = new Outbox(wire, new Lanes(sending, disposable, 10), large, clock, limits, owner());
            other.together(texts -> message(String.valueOf(texts.size())));
            for (int i = 0; i < 150; i++) {
                other.offer(message("m"));
            }
            other.offer(message("x".repeat(20_000)));
            other.offer(message("y".repeat(20_000)));
            other.uncork(CONNECT);
            run();
            assertEquals(List.of("100", "52", "y".repeat(20_000)), wire.log());
        }

        @Test
        void shouldCountAllOfItUntilItIsWritten() {
            takeBatches();
            wire.hold();
            outbox.uncork(CONNECT);
            offer("aa");
            offer("bb");
            run();
            assertEquals(13, budget.used());
            wire.answer(null);
            assertEquals(0, budget.used());
        }

        @Test
        void shouldPutTheLastMessageBehindWhatWaits() {
            takeBatches();
            outbox.uncork(CONNECT);
            run();
            offer("a");
            outbox.finish(message("bye"), true, finished::incrementAndGet);
            run();
            assertEquals(List.of("connected", "[a,bye]"), wire.log());
            assertEquals(1, finished.get());
        }
    }

    @Nested
    class Threads {

        @Test
        void shouldWriteAllThatWaitsOnOneThreadWhileTheWireIsDoneWhenItReturns() {
            offer("a");
            offer("b");
            outbox.uncork(CONNECT);
            assertEquals(1, sending.runAll());
            assertEquals(List.of("connected", "a", "b"), wire.log());
        }

        @Test
        void shouldTakeAHopForAWriteThatEndsLater() {
            wire.hold();
            offer("a");
            outbox.uncork(CONNECT);
            sending.runAll();
            wire.answer(null);
            assertEquals(List.of("connected"), wire.log());
            assertEquals(1, sending.waiting());
            sending.runAll();
            assertEquals(List.of("connected", "a"), wire.log());
        }

        @Test
        void shouldStartAgainAfterItWasEmpty() {
            outbox.uncork(CONNECT);
            run();
            offer("a");
            assertEquals(1, sending.runAll());
            assertEquals(List.of("connected", "a"), wire.log());
        }
    }

    @Nested
    class NotToBeHeard {

        @Test
        void shouldHoldWhatWaits() {
            outbox.uncork(CONNECT);
            run();
            mayNotHear = true;
            offer("a");
            run();
            assertEquals(List.of("connected"), wire.log());
        }

        @Test
        void shouldWriteTheLastMessageAllTheSame() {
            outbox.uncork(CONNECT);
            run();
            mayNotHear = true;
            offer("a");
            run();
            outbox.finish(message("over"), false, finished::incrementAndGet);
            run();
            assertEquals(List.of("connected", "over"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldGoOnWhenItMayBeHeardAgain() {
            outbox.uncork(CONNECT);
            run();
            mayNotHear = true;
            offer("a");
            run();
            mayNotHear = false;
            offer("b");
            run();
            assertEquals(List.of("connected", "a", "b"), wire.log());
        }
    }

    @Nested
    class Lead {

        @Test
        void shouldWriteItThoughCorkedAndNothingElse() {
            offer("a");
            outbox.lead(message("answer"));
            run();
            assertEquals(List.of("answer"), wire.log());
            assertEquals(1, budget.used());
        }

        @Test
        void shouldWriteItAheadOfTheConnectFrame() {
            wire.hold();
            outbox.lead(message("answer"));
            outbox.uncork(CONNECT);
            offer("a");
            run();
            assertEquals(List.of("answer"), wire.log());
            wire.answer(null);
            run();
            wire.answer(null);
            run();
            assertEquals(List.of("answer", "connected", "a"), wire.log());
        }

        @Test
        void shouldGoOnWithTheConnectFrameOnceItIsWritten() {
            outbox.lead(message("answer"));
            run();
            outbox.uncork(CONNECT);
            offer("a");
            run();
            assertEquals(List.of("answer", "connected", "a"), wire.log());
            assertEquals(0, budget.used());
            assertTrue(outbox.isIdle());
        }

        @Test
        void shouldFinishWhileItIsBeingWritten() {
            wire.hold();
            outbox.lead(message("answer"));
            run();
            outbox.finish(message("refused"), true, finished::incrementAndGet);
            wire.answer(null);
            run();
            wire.answer(null);
            run();
            assertEquals(List.of("answer", "refused"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldDropItWithTheRest() {
            outbox.lead(message("answer"));
            outbox.shut();
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(0, budget.used());
            outbox.lead(message("late"));
            assertEquals(0, budget.used());
        }

        @Test
        void shouldTellWhenItIsStuck() {
            wire.hold();
            outbox.lead(message("answer"));
            run();
            clock.advance(Duration.ofSeconds(5));
            assertTrue(outbox.isStuck(Duration.ofSeconds(4)));
        }
    }

    @Nested
    class Bounds {

        @Test
        void shouldTakeExactlyAsManyMessagesAsAllowed() {
            for (int i = 0; i < 4; i++) {
                assertEquals(Offer.QUEUED, offer("m"));
            }
            assertEquals(Offer.FULL, offer("m"));
            assertEquals(4, budget.used());
        }

        @Test
        void shouldTakeExactlyAsManyBytesAsAllowed() {
            assertEquals(Offer.QUEUED, offer("x".repeat(60)));
            assertEquals(Offer.FULL, offer("x".repeat(41)));
            assertEquals(Offer.QUEUED, offer("x".repeat(40)));
            assertEquals(100, budget.used());
        }

        @Test
        void shouldCountBytesOfUtf8() {
            assertEquals(Offer.QUEUED, offer("界".repeat(20)));
            assertEquals(60, budget.used());
        }

        @Test
        void shouldTakeOneMessageOfAnySizeWhenNothingWaits() {
            assertEquals(Offer.QUEUED, offer("x".repeat(500)));
            assertEquals(Offer.FULL, offer("x"));
        }

        @Test
        void shouldRefuseAClientThatIsBehindWhenTheBudgetIsUsedUp() {
            offer("a");
            budget.charge(999);
            assertEquals(Offer.FULL, offer("b"));
            assertEquals(1000, budget.used());
        }

        @Test
        void shouldServeAClientThatIsNotBehindThoughOthersUsedTheBudgetUp() {
            budget.charge(1000);
            assertEquals(Offer.QUEUED, offer("a"));
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of("connected", "a"), wire.log());
            assertEquals(1000, budget.used());
        }

        @Test
        void shouldTakeMoreOnceSomeWasWritten() {
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            outbox.uncork(CONNECT);
            run();
            assertEquals(Offer.QUEUED, offer("n"));
        }
    }

    @Nested
    class Writing {

        @Test
        void shouldHaveOneWriteInProgressAndNoMore() {
            wire.hold();
            outbox.uncork(CONNECT);
            offer("a");
            offer("b");
            run();
            assertEquals(List.of("connected"), wire.log());
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "a"), wire.log());
        }

        @Test
        void shouldNotWriteInsideTheCallback() {
            wire.hold();
            outbox.uncork(CONNECT);
            offer("a");
            run();
            wire.answer(null);
            assertEquals(List.of("connected"), wire.log());
            assertEquals(1, sending.waiting());
        }

        @Test
        void shouldAcceptACallbackDuringTheSend() {
            outbox.uncork(CONNECT);
            offer("a");
            run();
            assertEquals(List.of("connected", "a"), wire.log());
            assertTrue(outbox.isIdle());
        }

        @Test
        void shouldIgnoreASecondCallback() {
            wire.hold();
            outbox.uncork(CONNECT);
            offer("a");
            offer("b");
            run();
            Wire.Done first = wire.answer(null);
            first.ended(null);
            run();
            first.ended(null);
            first.ended(new IOException("late"));
            run();
            assertEquals(List.of("connected", "a"), wire.log());
            assertEquals(List.of(), faults);
        }

        @Test
        void shouldCountAMessageUntilItIsWritten() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            assertEquals(CONNECT.size(), budget.used());
            wire.answer(null);
            assertEquals(0, budget.used());
        }
    }

    @Nested
    class Deadline {

        void held() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
        }

        @Test
        void shouldBeStuckOnlyAfterTheDeadline() {
            held();
            clock.advance(Duration.ofSeconds(4));
            assertFalse(outbox.isStuck(Duration.ofSeconds(4)));
            clock.advance(Duration.ofNanos(1));
            assertTrue(outbox.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldNotBeStuckWithoutAWrite() {
            held();
            wire.answer(null);
            clock.advance(Duration.ofHours(1));
            assertFalse(outbox.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldTimeEachWriteByItself() {
            held();
            clock.advance(Duration.ofSeconds(3));
            offer("a");
            wire.answer(null);
            run();
            clock.advance(Duration.ofSeconds(3));
            assertFalse(outbox.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldNotBeStuckOnceShut() {
            held();
            clock.advance(Duration.ofHours(1));
            outbox.shut();
            assertFalse(outbox.isStuck(Duration.ofSeconds(4)));
        }
    }

    @Nested
    class Failing {

        @Test
        void shouldTellOfAFailedWriteOnceAndWriteNothingMore() {
            wire.hold();
            outbox.uncork(CONNECT);
            offer("a");
            run();
            IOException failure = new IOException("gone");
            wire.answer(failure).ended(failure);
            assertEquals(Offer.SHUT, offer("b"));
            run();
            assertEquals(List.of(failure), faults);
            assertEquals(List.of("connected"), wire.log());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldTellOfASendThatThrows() {
            IllegalStateException failure = new IllegalStateException("closed");
            wire.failWith(failure);
            outbox.uncork(CONNECT);
            run();
            assertEquals(List.of(failure), faults);
            assertEquals(0, budget.used());
        }

        @Test
        void shouldNotCloseInGoodOrderAfterAFailure() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            outbox.finish(message("last"), true, finished::incrementAndGet);
            wire.answer(new IOException("gone"));
            run();
            assertEquals(0, finished.get());
            assertEquals(1, faults.size());
        }
    }

    @Nested
    class Finishing {

        @Test
        void shouldSendWhatWaitsThenTheLastMessageThenActOnce() {
            outbox.uncork(CONNECT);
            offer("a");
            outbox.finish(message("last"), true, finished::incrementAndGet);
            assertEquals(Offer.SHUT, offer("b"));
            run();
            assertEquals(List.of("connected", "a", "last"), wire.log());
            assertEquals(1, finished.get());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldDropWhatWaitsWhenTold() {
            wire.hold();
            outbox.uncork(CONNECT);
            offer("a");
            run();
            outbox.finish(message("last"), false, finished::incrementAndGet);
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "last"), wire.log());
        }

        @Test
        void shouldSendOnlyTheLastMessageToOneThatWasNeverAccepted() {
            offer("a");
            outbox.finish(message("refused"), true, finished::incrementAndGet);
            run();
            assertEquals(List.of("refused"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldActAtOnceWhenThereIsNothingToSend() {
            outbox.uncork(CONNECT);
            run();
            outbox.finish(null, true, finished::incrementAndGet);
            run();
            assertEquals(1, finished.get());
        }

        @Test
        void shouldWaitForTheWriteInProgress() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            outbox.finish(null, true, finished::incrementAndGet);
            run();
            assertEquals(0, finished.get());
            wire.answer(null);
            run();
            assertEquals(1, finished.get());
        }

        @Test
        void shouldFinishOnce() {
            outbox.finish(message("first"), true, finished::incrementAndGet);
            outbox.finish(message("second"), true, finished::incrementAndGet);
            run();
            outbox.finish(message("third"), true, finished::incrementAndGet);
            run();
            assertEquals(List.of("first"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldTakeTheLastMessageThoughTheQueueIsFull() {
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            outbox.uncork(CONNECT);
            outbox.finish(message("last"), true, finished::incrementAndGet);
            run();
            assertEquals("last", wire.log().get(5));
        }

        @Test
        void shouldNotActOnceShut() {
            outbox.uncork(CONNECT);
            outbox.finish(message("last"), true, finished::incrementAndGet);
            outbox.shut();
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(0, finished.get());
            assertEquals(0, budget.used());
        }
    }

    @Nested
    class Shut {

        @Test
        void shouldGiveTheBudgetBackAndTakeNothing() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            offer("a");
            outbox.shut();
            assertEquals(0, budget.used());
            assertEquals(Offer.SHUT, offer("b"));
            wire.answer(null);
            run();
            assertEquals(List.of("connected"), wire.log());
            assertEquals(0, budget.used());
        }
    }

    @Nested
    class Pinging {

        @Test
        void shouldPingAheadOfWhatWaits() {
            outbox.uncork(CONNECT);
            run();
            offer("a");
            outbox.ping();
            offer("b");
            run();
            assertEquals(List.of("connected", "ping", "a", "b"), wire.log());
        }

        @Test
        void shouldPingBehindTheWriteInProgress() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            outbox.ping();
            run();
            assertEquals(List.of("connected"), wire.log());
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "ping"), wire.log());
        }

        @Test
        void shouldPingThoughTheQueueIsFullAndTheBudgetUsedUp() {
            wire.hold();
            outbox.uncork(CONNECT);
            run();
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            budget.charge(1000);
            outbox.ping();
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "ping", "m"), wire.log());
        }

        @Test
        void shouldNotMakeAClientSeemBehind() {
            outbox.uncork(CONNECT);
            run();
            budget.charge(1000);
            outbox.ping();
            assertEquals(Offer.QUEUED, offer("a"));
            run();
            assertEquals(List.of("connected", "ping", "a"), wire.log());
        }

        @Test
        void shouldPingNoneThatIsCorkedOrCloses() {
            outbox.ping();
            run();
            outbox.uncork(CONNECT);
            run();
            outbox.finish(message("last"), true, finished::incrementAndGet);
            outbox.ping();
            run();
            outbox.ping();
            run();
            assertEquals(List.of("connected", "last"), wire.log());
        }

        @Test
        void shouldNotWriteWhileThePingIsOut() {
            outbox.uncork(CONNECT);
            sending.runAll();
            outbox.ping();
            offer("a");
            sending.runAll();
            assertEquals(List.of("connected"), wire.log());
            clock.advance(Duration.ofSeconds(5));
            assertTrue(outbox.isStuck(Duration.ofSeconds(4)));
            run();
            assertEquals(List.of("connected", "ping", "a"), wire.log());
        }

        @Test
        void shouldTellOfAPingThatFails() {
            outbox.uncork(CONNECT);
            run();
            wire.failWith(new IllegalStateException("closed"));
            outbox.ping();
            run();
            assertEquals(1, faults.size());
        }

        @Test
        void shouldNotWaitBehindClosesThatHang() {
            Lanes lanes = new Lanes(sending, disposable, 2);
            Outbox other = new Outbox(wire, lanes, budget, clock, Bench.LIMITS, owner());
            for (int i = 0; i < 5; i++) {
                lanes.dispose(() -> {});
            }
            assertEquals(2, disposable.waiting());
            other.uncork(CONNECT);
            sending.runAll();
            other.ping();
            sending.runAll();
            assertEquals(3, disposable.waiting());
        }
    }
}
