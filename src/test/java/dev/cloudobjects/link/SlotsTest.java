package dev.cloudobjects.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.ManualExecutor;
import dev.cloudobjects.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Messages that may be replaced or dropped, in the queue of a link with room for 4 messages and 100 bytes. */
class SlotsTest {

    private final ManualExecutor sending = new ManualExecutor();
    private final QueueBudget budget = new QueueBudget(1000);
    private final FakeWire wire = new FakeWire();
    private final OutboundQueue queue = new OutboundQueue(
            wire,
            new SocketExecutors(sending, sending, 10),
            new ManualClock(),
            new PendingMessages(OutboundQueueTest.limits(4, 100), budget));
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        queue.release(new Encoded.Text("connected"));
        sending.runAll();
    }

    private final class Told implements Tracked {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void written() {
            told.add(name + " written");
        }

        @Override
        public void replaced() {
            told.add(name + " replaced");
        }

        @Override
        public void dropped() {
            told.add(name + " dropped");
        }
    }

    private Slot slot(String text, @Nullable String key, boolean droppable) {
        return new Slot(new Encoded.Text(text), key, droppable, new Told(text));
    }

    private Placement newest(String text, String key) {
        return queue.place(slot(text, key, false), null);
    }

    private Placement droppable(String text) {
        return queue.place(slot(text, null, true), null);
    }

    private Offer plain(String text) {
        return queue.offer(new Encoded.Text(text), null);
    }

    private static List<String> texts(List<Slot> slots) {
        return slots.stream().map(slot -> ((Encoded.Text) slot.message()).text()).toList();
    }

    private List<String> written() {
        sending.runAll();
        assertEquals(0, budget.used());
        return wire.log().subList(1, wire.log().size());
    }

    @Nested
    class TheNewestOfAKey {

        @Test
        void shouldTakeThePlaceOfTheOneThatWaits() {
            newest("a1", "a");
            plain("m");
            newest("b1", "b");
            Placement second = newest("a2", "a");
            assertEquals(List.of("a1"), texts(second.replaced()));
            assertEquals(List.of("a2", "m", "b1"), written());
            assertEquals(List.of("a2 written", "b1 written"), told);
        }

        @Test
        void shouldNotReplaceOneWhoseWriteHasStarted() {
            wire.hold();
            newest("a1", "a");
            sending.runAll();
            assertEquals(List.of(), newest("a2", "a").replaced());
            assertEquals(List.of("a2"), texts(newest("a3", "a").replaced()));
            wire.answer(null);
            sending.runAll();
            wire.answer(null);
            assertEquals(List.of("a1", "a3"), written());
        }

        @Test
        void shouldCountItsBytes() {
            newest("a1", "a");
            plain("m");
            newest("a-longer", "a");
            assertEquals(9, budget.used());
            newest("a", "a");
            assertEquals(2, budget.used());
            queue.shut();
            assertEquals(0, budget.used());
        }

        @Test
        void shouldFindNoRoomWhereTheReplacementIsTooLarge() {
            newest("a1", "a");
            plain("m");
            assertEquals(Offer.FULL, newest("x".repeat(100), "a").offer());
            assertEquals(List.of("a1", "m"), written());
        }

        @Test
        void shouldReplaceTheOnlyOneWhateverItsSize() {
            newest("a1", "a");
            assertEquals(Offer.QUEUED, newest("x".repeat(200), "a").offer());
            assertEquals(1, written().size());
        }

        @Test
        void shouldFindNoRoomBehindOthers() {
            for (int i = 0; i < 4; i++) {
                plain("m");
            }
            assertEquals(Offer.FULL, newest("a1", "a").offer());
        }

        @Test
        void shouldBeReplacedInTheQueueOfAnotherLink() {
            Slot slot = slot("a1", "a", false);
            queue.place(slot, null);
            sending.runAll();
            OutboundQueue next = new OutboundQueue(
                    wire,
                    new SocketExecutors(sending, sending, 10),
                    new ManualClock(),
                    new PendingMessages(OutboundQueueTest.limits(4, 100), budget));
            next.release(new Encoded.Text("connected"), List.of(slot));
            assertEquals(List.of("a1"), texts(next.place(slot("a2", "a", false), null).replaced()));
            sending.runAll();
            assertEquals(List.of("connected", "a1", "connected", "a2"), wire.log());
        }

        @Test
        void shouldLeaveInABatch() {
            queue.batch(Dialect.V1.codec(Bench.JSON)::batch);
            newest("1", "a");
            plain("2");
            newest("3", "a");
            newest("4", "b");
            assertEquals(List.of("[3,2,4]"), written());
            assertEquals(List.of("3 written", "4 written"), told);
        }
    }

    @Nested
    class TheOldest {

        @Test
        void shouldMakeRoom() {
            plain("m");
            droppable("d1");
            droppable("d2");
            droppable("d3");
            assertEquals(List.of("d1"), texts(droppable("d4").dropped()));
            assertEquals(List.of("m", "d2", "d3", "d4"), written());
            assertEquals(List.of("d2 written", "d3 written", "d4 written"), told);
        }

        @Test
        void shouldMakeRoomForAsManyBytesAsAreNeeded() {
            droppable("x".repeat(30));
            droppable("y".repeat(30));
            droppable("z".repeat(30));
            assertEquals(2, droppable("w".repeat(60)).dropped().size());
            assertEquals(90, budget.used());
            assertEquals(2, written().size());
        }

        @Test
        void shouldBeKeptWhereThatMakesNoRoom() {
            plain("m".repeat(60));
            droppable("d".repeat(30));
            Placement none = droppable("e".repeat(80));
            assertEquals(Offer.FULL, none.offer());
            assertEquals(List.of(), none.dropped());
            assertEquals(2, written().size());
        }

        @Test
        void shouldNotBeOneThatWasSentOtherwise() {
            for (int i = 0; i < 4; i++) {
                plain("m");
            }
            assertEquals(Offer.FULL, droppable("d1").offer());
            assertNull(queue.dropOldest());
        }

        @Test
        void shouldNotBeOneWhoseWriteHasStarted() {
            wire.hold();
            Slot first = slot("d1", null, true);
            queue.place(first, null);
            sending.runAll();
            Slot second = slot("d2", null, true);
            queue.place(second, null);
            assertSame(second, queue.dropOldest());
            assertNull(queue.dropOldest());
            wire.answer(null);
            assertEquals(List.of("d1"), written());
        }

        @Test
        void shouldMakeRoomInTheBudgetOfAll() {
            budget.charge(995);
            droppable("d1");
            assertEquals(Offer.QUEUED, droppable("d2").offer());
            assertEquals(List.of("d1"), texts(droppable("ddd").dropped()));
            budget.giveBack(995);
            assertEquals(List.of("d2", "ddd"), written());
        }
    }

    @Test
    void shouldTellNobodyOfAWriteThatFailed() {
        wire.hold();
        newest("a1", "a");
        sending.runAll();
        wire.answer(new IllegalStateException("gone"));
        assertEquals(List.of(), told);
        assertEquals(0, budget.used());
    }

    @Test
    void shouldTellNobodyOfWhatALinkDropsAsItEnds() {
        newest("a1", "a");
        queue.shut();
        assertEquals(Offer.SHUT, newest("a2", "a").offer());
        sending.runAll();
        assertEquals(List.of(), told);
    }
}
