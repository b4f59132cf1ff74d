package dev.cloudobjects.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.ManualExecutor;
import dev.cloudobjects.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private static final Encoded CONNECT = message("connected");

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor sending = new ManualExecutor();
    private final ManualExecutor disposable = new ManualExecutor();
    private final QueueBudget budget = new QueueBudget(1000);
    private final FakeWire wire = new FakeWire();
    private final List<Throwable> faults = new ArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final List<Long> written = new ArrayList<>();
    private boolean mayBeWritten = true;
    private final OutboundQueue queue = queue(wire);

    private OutboundQueue queue(Wire to) {
        return queue(to, new SocketExecutors(sending, disposable, 10), new PendingMessages(limits(4, 100), budget));
    }

    private OutboundQueue queue(Wire to, SocketExecutors executors, PendingMessages pending) {
        OutboundQueue made = new OutboundQueue(to, executors, clock, pending);
        made.carry(new Carried() {
            @Override
            public boolean mayBeWritten() {
                return mayBeWritten;
            }

            @Override
            public void written(long last) {
                written.add(last);
            }

            @Override
            public void failed(Throwable why) {
                faults.add(why);
            }
        });
        return made;
    }

    static LinkLimits limits(int queueMessages, int queueBytes) {
        Duration any = Duration.ofSeconds(4);
        return new LinkLimits(queueMessages, queueBytes, any, any, any, any, any);
    }

    private static Encoded message(String text) {
        return new Encoded.Text(text);
    }

    private Offer offer(String text) {
        return queue.offer(message(text), null);
    }

    private void run() {
        while (sending.runAll() + disposable.runAll() > 0) {
            // One may bring work for the other.
        }
    }

    @Nested
    class Held {

        @Test
        void shouldWriteNothingBeforeItIsReleased() {
            offer("a");
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(1, budget.used());
        }

        @Test
        void shouldWriteTheConnectFrameAheadOfWhatWaited() {
            offer("a");
            offer("b");
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            run();
            assertEquals(List.of("connected", "m", "m", "m", "m"), wire.log());
        }

        @Test
        void shouldWriteTheConnectFrameThoughTheBudgetIsUsedUp() {
            budget.charge(1000);
            queue.release(CONNECT);
            run();
            assertEquals(List.of("connected"), wire.log());
        }

        @Test
        void shouldStayShutWhenReleasedLate() {
            offer("a");
            queue.shut();
            queue.release(CONNECT);
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldNotPutAConnectFrameBehindALastMessage() {
            queue.finish(message("refused"), true, finished::incrementAndGet);
            queue.release(CONNECT);
            run();
            assertEquals(List.of("refused"), wire.log());
        }
    }

    @Nested
    class Together {

        private void takeBatches() {
            queue.batch(texts -> message(texts.stream()
                    .map(text -> ((Encoded.Text) text).text())
                    .collect(Collectors.joining(",", "[", "]"))));
        }

        @Test
        void shouldWriteWhatWaitsAsOne() {
            takeBatches();
            wire.hold();
            queue.release(CONNECT);
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
            assertTrue(queue.isIdle());
        }

        @Test
        void shouldWriteASingleOneAsItIs() {
            takeBatches();
            queue.release(CONNECT);
            run();
            offer("a");
            run();
            assertEquals(List.of("connected", "a"), wire.log());
        }

        @Test
        void shouldNotPutAPingOrBytesIntoABatch() {
            takeBatches();
            offer("a");
            queue.offer(new Encoded.Bytes(new byte[] {'x'}), null);
            offer("b");
            wire.hold();
            queue.release(CONNECT);
            run();
            queue.ping();
            for (int writes = 0; writes < 3; writes++) {
                wire.answer(null);
                run();
            }
            assertEquals(List.of("[connected,a]", "ping", "x", "b"), wire.log());
        }

        @Test
        void shouldNotMakeOneOfMoreThanItsLimit() {
            QueueBudget large = new QueueBudget(1_000_000);
            OutboundQueue other = queue(
                    wire, new SocketExecutors(sending, disposable, 10), new PendingMessages(limits(1000, 1_000_000), large));
            other.batch(texts -> message(String.valueOf(texts.size())));
            for (int i = 0; i < 150; i++) {
                other.offer(message("m"), null);
            }
            other.offer(message("x".repeat(20_000)), null);
            other.offer(message("y".repeat(20_000)), null);
            other.release(CONNECT);
            run();
            assertEquals(List.of("100", "52", "y".repeat(20_000)), wire.log());
        }

        @Test
        void shouldCountAllOfItUntilItIsWritten() {
            takeBatches();
            wire.hold();
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            run();
            offer("a");
            queue.finish(message("bye"), true, finished::incrementAndGet);
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
            queue.release(CONNECT);
            assertEquals(1, sending.runAll());
            assertEquals(List.of("connected", "a", "b"), wire.log());
        }

        @Test
        void shouldTakeAHopForAWriteThatEndsLater() {
            wire.hold();
            offer("a");
            queue.release(CONNECT);
            sending.runAll();
            wire.answer(null);
            assertEquals(List.of("connected"), wire.log());
            assertEquals(1, sending.waiting());
            sending.runAll();
            assertEquals(List.of("connected", "a"), wire.log());
        }

        @Test
        void shouldStartAgainAfterItWasEmpty() {
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            run();
            mayBeWritten = false;
            offer("a");
            run();
            assertEquals(List.of("connected"), wire.log());
        }

        @Test
        void shouldWriteTheLastMessageAllTheSame() {
            queue.release(CONNECT);
            run();
            mayBeWritten = false;
            offer("a");
            run();
            queue.finish(message("over"), false, finished::incrementAndGet);
            run();
            assertEquals(List.of("connected", "over"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldGoOnWhenItMayBeHeardAgain() {
            queue.release(CONNECT);
            run();
            mayBeWritten = false;
            offer("a");
            run();
            mayBeWritten = true;
            offer("b");
            run();
            assertEquals(List.of("connected", "a", "b"), wire.log());
        }
    }

    @Nested
    class Ahead {

        @Test
        void shouldWriteItThoughHeldAndNothingElse() {
            offer("a");
            queue.sendAhead(message("answer"));
            run();
            assertEquals(List.of("answer"), wire.log());
            assertEquals(1, budget.used());
        }

        @Test
        void shouldWriteItAheadOfTheConnectFrame() {
            wire.hold();
            queue.sendAhead(message("answer"));
            queue.release(CONNECT);
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
            queue.sendAhead(message("answer"));
            run();
            queue.release(CONNECT);
            offer("a");
            run();
            assertEquals(List.of("answer", "connected", "a"), wire.log());
            assertEquals(0, budget.used());
            assertTrue(queue.isIdle());
        }

        @Test
        void shouldFinishWhileItIsBeingWritten() {
            wire.hold();
            queue.sendAhead(message("answer"));
            run();
            queue.finish(message("refused"), true, finished::incrementAndGet);
            wire.answer(null);
            run();
            wire.answer(null);
            run();
            assertEquals(List.of("answer", "refused"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldDropItWithTheRest() {
            queue.sendAhead(message("answer"));
            queue.shut();
            run();
            assertEquals(List.of(), wire.log());
            assertEquals(0, budget.used());
            queue.sendAhead(message("late"));
            assertEquals(0, budget.used());
        }

        @Test
        void shouldTellWhenItIsStuck() {
            wire.hold();
            queue.sendAhead(message("answer"));
            run();
            clock.advance(Duration.ofSeconds(5));
            assertTrue(queue.isStuck(Duration.ofSeconds(4)));
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
            queue.release(CONNECT);
            run();
            assertEquals(List.of("connected", "a"), wire.log());
            assertEquals(1000, budget.used());
        }

        @Test
        void shouldTakeMoreOnceSomeWasWritten() {
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            queue.release(CONNECT);
            run();
            assertEquals(Offer.QUEUED, offer("n"));
        }
    }

    @Nested
    class Writing {

        @Test
        void shouldTellTheNumberOfTheLastMessageThatWasWritten() {
            wire.hold();
            queue.sendAhead(new Encoded.Bytes(new byte[] {1}));
            queue.release(CONNECT);
            offer("a");
            run();
            wire.answer(null);
            run();
            assertEquals(List.of(0L), written, "what leaves before the first message has no number");
            wire.answer(null);
            run();
            wire.answer(null);
            run();
            queue.ping();
            run();
            assertEquals(List.of(0L, 1L, 2L), written, "a ping is no message");
        }

        @Test
        void shouldHaveOneWriteInProgressAndNoMore() {
            wire.hold();
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            offer("a");
            run();
            wire.answer(null);
            assertEquals(List.of("connected"), wire.log());
            assertEquals(1, sending.waiting());
        }

        @Test
        void shouldAcceptACallbackDuringTheSend() {
            queue.release(CONNECT);
            offer("a");
            run();
            assertEquals(List.of("connected", "a"), wire.log());
            assertTrue(queue.isIdle());
        }

        @Test
        void shouldIgnoreASecondCallback() {
            wire.hold();
            queue.release(CONNECT);
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
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            run();
        }

        @Test
        void shouldBeStuckOnlyAfterTheDeadline() {
            held();
            clock.advance(Duration.ofSeconds(4));
            assertFalse(queue.isStuck(Duration.ofSeconds(4)));
            clock.advance(Duration.ofNanos(1));
            assertTrue(queue.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldNotBeStuckWithoutAWrite() {
            held();
            wire.answer(null);
            clock.advance(Duration.ofHours(1));
            assertFalse(queue.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldTimeEachWriteByItself() {
            held();
            clock.advance(Duration.ofSeconds(3));
            offer("a");
            wire.answer(null);
            run();
            clock.advance(Duration.ofSeconds(3));
            assertFalse(queue.isStuck(Duration.ofSeconds(4)));
        }

        @Test
        void shouldNotBeStuckOnceShut() {
            held();
            clock.advance(Duration.ofHours(1));
            queue.shut();
            assertFalse(queue.isStuck(Duration.ofSeconds(4)));
        }
    }

    @Nested
    class Failing {

        @Test
        void shouldTellOfAFailedWriteOnceAndWriteNothingMore() {
            wire.hold();
            queue.release(CONNECT);
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
            queue.release(CONNECT);
            run();
            assertEquals(List.of(failure), faults);
            assertEquals(0, budget.used());
        }

        @Test
        void shouldNotCloseInGoodOrderAfterAFailure() {
            wire.hold();
            queue.release(CONNECT);
            run();
            queue.finish(message("last"), true, finished::incrementAndGet);
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
            queue.release(CONNECT);
            offer("a");
            queue.finish(message("last"), true, finished::incrementAndGet);
            assertEquals(Offer.SHUT, offer("b"));
            run();
            assertEquals(List.of("connected", "a", "last"), wire.log());
            assertEquals(1, finished.get());
            assertEquals(0, budget.used());
        }

        @Test
        void shouldDropWhatWaitsWhenTold() {
            wire.hold();
            queue.release(CONNECT);
            offer("a");
            run();
            queue.finish(message("last"), false, finished::incrementAndGet);
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "last"), wire.log());
        }

        @Test
        void shouldSendOnlyTheLastMessageToOneThatWasNeverAccepted() {
            offer("a");
            queue.finish(message("refused"), true, finished::incrementAndGet);
            run();
            assertEquals(List.of("refused"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldActAtOnceWhenThereIsNothingToSend() {
            queue.release(CONNECT);
            run();
            queue.finish(null, true, finished::incrementAndGet);
            run();
            assertEquals(1, finished.get());
        }

        @Test
        void shouldWaitForTheWriteInProgress() {
            wire.hold();
            queue.release(CONNECT);
            run();
            queue.finish(null, true, finished::incrementAndGet);
            run();
            assertEquals(0, finished.get());
            wire.answer(null);
            run();
            assertEquals(1, finished.get());
        }

        @Test
        void shouldFinishOnce() {
            queue.finish(message("first"), true, finished::incrementAndGet);
            queue.finish(message("second"), true, finished::incrementAndGet);
            run();
            queue.finish(message("third"), true, finished::incrementAndGet);
            run();
            assertEquals(List.of("first"), wire.log());
            assertEquals(1, finished.get());
        }

        @Test
        void shouldTakeTheLastMessageThoughTheQueueIsFull() {
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            queue.release(CONNECT);
            queue.finish(message("last"), true, finished::incrementAndGet);
            run();
            assertEquals("last", wire.log().get(5));
        }

        @Test
        void shouldNotActOnceShut() {
            queue.release(CONNECT);
            queue.finish(message("last"), true, finished::incrementAndGet);
            queue.shut();
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
            queue.release(CONNECT);
            run();
            offer("a");
            queue.shut();
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
            queue.release(CONNECT);
            run();
            offer("a");
            queue.ping();
            offer("b");
            run();
            assertEquals(List.of("connected", "ping", "a", "b"), wire.log());
        }

        @Test
        void shouldPingBehindTheWriteInProgress() {
            wire.hold();
            queue.release(CONNECT);
            run();
            queue.ping();
            run();
            assertEquals(List.of("connected"), wire.log());
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "ping"), wire.log());
        }

        @Test
        void shouldPingThoughTheQueueIsFullAndTheBudgetUsedUp() {
            wire.hold();
            queue.release(CONNECT);
            run();
            while (offer("m") == Offer.QUEUED) {
                // Fill it.
            }
            budget.charge(1000);
            queue.ping();
            wire.answer(null);
            run();
            assertEquals(List.of("connected", "ping", "m"), wire.log());
        }

        @Test
        void shouldNotMakeAClientSeemBehind() {
            queue.release(CONNECT);
            run();
            budget.charge(1000);
            queue.ping();
            assertEquals(Offer.QUEUED, offer("a"));
            run();
            assertEquals(List.of("connected", "ping", "a"), wire.log());
        }

        @Test
        void shouldPingNoneThatIsHeldOrCloses() {
            queue.ping();
            run();
            queue.release(CONNECT);
            run();
            queue.finish(message("last"), true, finished::incrementAndGet);
            queue.ping();
            run();
            queue.ping();
            run();
            assertEquals(List.of("connected", "last"), wire.log());
        }

        @Test
        void shouldNotWriteWhileThePingIsOut() {
            queue.release(CONNECT);
            sending.runAll();
            queue.ping();
            offer("a");
            sending.runAll();
            assertEquals(List.of("connected"), wire.log());
            clock.advance(Duration.ofSeconds(5));
            assertTrue(queue.isStuck(Duration.ofSeconds(4)));
            run();
            assertEquals(List.of("connected", "ping", "a"), wire.log());
        }

        @Test
        void shouldTellOfAPingThatFails() {
            queue.release(CONNECT);
            run();
            wire.failWith(new IllegalStateException("closed"));
            queue.ping();
            run();
            assertEquals(1, faults.size());
        }

        @Test
        void shouldNotWaitBehindClosesThatHang() {
            SocketExecutors executors = new SocketExecutors(sending, disposable, 2);
            OutboundQueue other = queue(wire, executors, new PendingMessages(limits(4, 100), budget));
            for (int i = 0; i < 5; i++) {
                executors.runClose(() -> {});
            }
            assertEquals(2, disposable.waiting());
            other.release(CONNECT);
            sending.runAll();
            other.ping();
            sending.runAll();
            assertEquals(3, disposable.waiting());
        }
    }
}
