package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.History;
import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.ServerFrame.Position;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Groups that keep their last messages, and what their members get of them. */
class KeptGroupsTest {

    private static final String EPOCH = "e1-1";

    private final Bench bench = Bench.roomy(0, 1, 1);

    private final class Member {
        final FakeWire wire = new FakeWire();
        final Session session;

        Member(Bench.Client client) {
            session = client.speaks(Dialect.V1).accepted(wire);
            bench.run();
            wire.log().clear();
        }

        Member() {
            this(bench.client());
        }

        Member join() {
            bench.reach.join(Scope.ofCids(List.of(session.cid())), List.of("g"));
            return this;
        }

        Member ask(@Nullable Position since) {
            bench.groups.catchUp(session, new ClientFrame.CatchUp(9L, "g", since));
            return this;
        }

        /** What came, without what frames of a group have in common. */
        List<String> got() {
            bench.run();
            List<String> frames = wire.log().stream()
                    .map(frame -> frame.replace("\"group\":\"g\",", "").replace("\"type\":", "").replace('"', '\''))
                    .toList();
            wire.log().clear();
            return frames;
        }
    }

    private static Selector toGroup() {
        return Target.group("g");
    }

    private void send(Target to, String text) {
        bench.reach.send(
                new Scope(to, List.of(Bench.PATH)), new Message(Bench.JSON.payload(text), false, Sender.SERVER));
    }

    private void send(SendOption.Policy policy, String text) {
        bench.reach.send(
                new Scope(toGroup(), List.of(Bench.PATH)),
                new Message(Bench.JSON.payload(text), false, policy, Sender.SERVER));
    }

    private void sendSeveral(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(i -> send(toGroup(), "m" + i));
    }

    private void keep(History history) {
        bench.groups.keep(Bench.PATH, "g", history);
    }

    private static Position at(long pos) {
        return new Position("g", pos, EPOCH);
    }

    private static String message(int pos) {
        return message("m" + pos, pos);
    }

    private static String message(String text, int pos) {
        return "{'message','data':'" + text + "','pos':" + pos + ",'epoch':'" + EPOCH + "'}";
    }

    private static String caughtUp(int pos, String rest) {
        return "{'caughtup','re':9,'pos':" + pos + ",'epoch':'" + EPOCH + "'," + rest + "}";
    }

    private static String joined(int pos) {
        return "{'joined','pos':" + pos + ",'epoch':'" + EPOCH + "'}";
    }

    private static final String COMPLETE = "'complete':true";
    private static final String EXPIRED = "'complete':false,'reason':'expired'";
    private static final String RESTARTED = "'complete':false,'reason':'restarted'";

    @Nested
    class AMember {

        /** It may be dropped, or come in the place of an earlier one: the client would take that for the loss of others. */
        @Test
        void shouldGetMessagesWithAPolicyWithoutPosition() {
            keep(History.last(10));
            Member member = new Member().join();
            send(new SendOption.NewestOf("k"), "now");
            send(new SendOption.DropOldest(), "soon");
            sendSeveral(1, 1);
            assertEquals(
                    List.of(joined(0), "{'message','data':'now'}", "{'message','data':'soon'}", message(1)), member.got());
        }

        @Test
        void shouldGetMessagesWithTheirPositions() {
            keep(History.last(10));
            Member member = new Member().join();
            sendSeveral(1, 2);
            assertEquals(List.of(joined(0), message(1), message(2)), member.got());
        }

        @Test
        void shouldBeToldWhereTheGroupIsWhenItIsAccepted() {
            keep(History.last(10));
            sendSeveral(1, 3);
            FakeWire wire = new FakeWire();
            Session session = bench.client().speaks(Dialect.V1).open(wire);
            bench.reach.join(Scope.ofCids(List.of(session.cid())), List.of("g"));
            sendSeveral(4, 4);
            bench.sessions.accept(session);
            bench.groups.accepted(session);
            bench.run();
            assertTrue(wire.log().get(0).contains("\"connected\""), wire.log().toString());
            assertEquals(2, wire.log().size());
            assertTrue(wire.log().get(1).contains("\"joined\",\"group\":\"g\",\"pos\":4"), wire.log().get(1));
        }

        @Test
        void shouldBeToldWhenItsGroupBeginsToKeepMessages() {
            Member member = new Member().join();
            keep(History.last(10));
            keep(History.last(5));
            assertEquals(List.of(joined(0)), member.got());
        }

        @Test
        void shouldGetWhatItMissedAndThenTheAnswer() {
            keep(History.last(10));
            sendSeveral(1, 4);
            Member member = new Member().join().ask(at(2));
            sendSeveral(5, 5);
            assertEquals(
                    List.of(joined(4), message(3), message(4), caughtUp(4, COMPLETE), message(5)), member.got());
        }

        @Test
        void shouldGetAllThatIsKeptFromTheBeginning() {
            keep(History.last(2));
            sendSeveral(1, 4);
            Member member = new Member().join().ask(null);
            assertEquals(List.of(joined(4), message(3), message(4), caughtUp(4, COMPLETE)), member.got());
        }

        @Test
        void shouldGetNothingWhereItHasAll() {
            keep(History.last(2));
            sendSeveral(1, 4);
            Member member = new Member().join().ask(at(4)).ask(at(99));
            assertEquals(List.of(joined(4), caughtUp(4, COMPLETE), caughtUp(4, COMPLETE)), member.got());
        }

        @Test
        void shouldBeToldThatTooMuchWasSent() {
            keep(History.last(2));
            sendSeveral(1, 4);
            Member member = new Member().join().ask(at(1));
            assertEquals(List.of(joined(4), message(3), message(4), caughtUp(4, EXPIRED)), member.got());
        }

        @Test
        void shouldBeToldThatTooMuchTimeHasPassed() {
            keep(History.last(10).atMost(Duration.ofMinutes(5)));
            sendSeveral(1, 1);
            bench.clock.advance(Duration.ofMinutes(6));
            sendSeveral(2, 2);
            Member member = new Member().join().ask(at(0));
            assertEquals(List.of(joined(2), message(2), caughtUp(2, EXPIRED)), member.got());
        }

        @Test
        void shouldBeToldThatTheEpochIsAnother() {
            keep(History.last(10));
            sendSeveral(1, 1);
            Member member = new Member().join().ask(new Position("g", 1, "e0-7"));
            assertEquals(List.of(joined(1), message(1), caughtUp(1, RESTARTED)), member.got());
        }

        @Test
        void shouldGetManyInParts() {
            keep(History.last(300));
            sendSeveral(1, 80);
            Member member = new Member().join();
            member.got();
            List<String> first = member.ask(at(0)).got();
            assertEquals(51, first.size());
            assertEquals(caughtUp(50, "'more':true," + COMPLETE), first.get(50));
            List<String> second = member.ask(at(50)).got();
            assertEquals(31, second.size());
            assertEquals(caughtUp(80, COMPLETE), second.get(30));
        }

        @Test
        void shouldNotGetWhatItWasExceptedFrom() {
            keep(History.last(10));
            send(toGroup().exceptUser("ann"), "m1");
            send(toGroup(), "m2");
            Member ann = new Member(bench.client().user("ann")).join().ask(at(0));
            Member bob = new Member(bench.client().user("bob")).join().ask(at(0));
            assertEquals(List.of(joined(2), message(2), caughtUp(2, COMPLETE)), ann.got());
            assertEquals(List.of(joined(2), message(1), message(2), caughtUp(2, COMPLETE)), bob.got());
        }

        @Test
        void shouldNotGetUnencryptedWhatHadToBeEncrypted() {
            keep(History.last(10));
            bench.reach.send(
                    new Scope(toGroup(), List.of(Bench.PATH)),
                    new Message(Bench.JSON.payload("secret"), true, Sender.SERVER));
            Member member = new Member().join().ask(at(0));
            assertEquals(List.of(joined(1), caughtUp(1, COMPLETE)), member.got());
        }

        @Test
        void shouldGetBinaryMessagesWithTheirPositions() {
            keep(History.last(10));
            Member member = new Member().join();
            member.got();
            bench.reach.send(
                    new Scope(toGroup(), List.of(Bench.PATH)),
                    new Message(new Payload.Binary(new byte[] {'x'}), false, Sender.SERVER));
            assertTrue(member.got().get(0).contains("{'message','pos':1,'epoch':'e1-1'}x"));
        }
    }

    @Test
    void shouldTellNobodyElse() {
        keep(History.last(10));
        sendSeveral(1, 1);
        String denied = "{'event','event':'error','err':{'code':403,'msg':'group: this connection is not a member of it'},'re':9}";
        assertEquals(List.of(denied), new Member().ask(at(0)).got());
    }

    @Test
    void shouldSayThatAGroupKeepsNothing() {
        assertTrue(new Member().join().ask(at(0)).got().get(0).contains("'code':404"));
    }

    @Test
    void shouldKeepWhatIsSentToTheGroupAlone() {
        keep(History.last(10));
        Member member = new Member().join();
        member.got();
        send(Target.group("g", "h"), "a");
        send(toGroup().channel("default"), "b");
        send(Target.everyone(), "c");
        send(Target.cid(member.session.cid()), "d");
        send(toGroup(), "e");
        assertEquals(
                List.of("{'message','data':'a'}", "{'message','data':'b'}", "{'message','data':'c'}",
                        "{'message','data':'d'}", message("e", 1)),
                member.got());
    }

    @Test
    void shouldSendPlainClientsTheDataAlone() {
        keep(History.last(10));
        FakeWire wire = new FakeWire();
        Session plain = bench.client().accepted(wire);
        bench.reach.join(Scope.ofCids(List.of(plain.cid())), List.of("g"));
        sendSeveral(1, 1);
        bench.run();
        assertEquals("\"m1\"", wire.log().get(1));
        assertEquals(2, wire.log().size());
    }

    @Nested
    class Memory {

        @Test
        void shouldBeGivenBackWhenNobodyHasBeenInTheGroup() {
            keep(History.last(10));
            Member member = new Member().join();
            sendSeveral(1, 1);
            bench.groups.check();
            bench.clock.advance(Duration.ofMinutes(11));
            bench.groups.check();
            assertEquals(1, bench.histories.size());
            bench.reach.leave(Scope.ofCids(List.of(member.session.cid())), List.of("g"));
            bench.groups.check();
            bench.clock.advance(Duration.ofMinutes(11));
            bench.groups.check();
            assertEquals(0, bench.histories.size());
            assertEquals(0, bench.histories.bytes());
        }

        @Test
        void shouldBeGivenBackOfOldMessages() {
            keep(History.within(Duration.ofMinutes(1)));
            new Member().join();
            sendSeveral(1, 3);
            assertTrue(bench.histories.bytes() > 0);
            assertEquals(3, bench.histories.messages());
            bench.clock.advance(Duration.ofMinutes(2));
            bench.groups.check();
            assertEquals(0, bench.histories.bytes());
            assertEquals(0, bench.histories.messages());
        }

        @Test
        void shouldBeTakenFromTheGroupWithTheOldestLastMessage() {
            String large = "x".repeat(90_000);
            for (int i = 0; i < 12; i++) {
                bench.groups.keep(Bench.PATH, "g" + i, History.last(1));
                send(Target.group("g" + i), large);
            }
            assertTrue(bench.histories.bytes() <= Bench.HISTORY.totalBytes(), () -> bench.histories.bytes() + " bytes");
            assertEquals(12, bench.histories.size());
            assertEquals(11, bench.histories.messages());
            keep(History.last(1));
            Member member = new Member();
            bench.reach.join(Scope.ofCids(List.of(member.session.cid())), List.of("g0", "g11"));
            member.got();
            bench.groups.catchUp(member.session, new ClientFrame.CatchUp(1L, "g0", null));
            assertEquals(1, member.got().size());
            bench.groups.catchUp(member.session, new ClientFrame.CatchUp(1L, "g11", null));
            assertEquals(2, member.got().size());
        }

        @Test
        void shouldBeBoundedInGroups() {
            for (int i = 0; i < Bench.HISTORY.groups() + 5; i++) {
                bench.groups.keep(Bench.PATH, "g" + i, History.last(1));
            }
            assertEquals(Bench.HISTORY.groups(), bench.histories.size());
        }

        @Test
        void shouldEndWithTheHistory() {
            keep(History.last(10));
            sendSeveral(1, 3);
            bench.groups.forget(Bench.PATH, "g");
            assertEquals(0, bench.histories.bytes());
            assertEquals(0, bench.histories.messages());
            keep(History.last(10));
            Member member = new Member().join().ask(at(3));
            assertTrue(member.got().get(1).contains("'epoch':'e1-2'," + RESTARTED));
        }
    }

    /** Several send while members come: each gets every position behind the one that it was told, in order. */
    @Test
    void shouldLeaveNoGapWhereSeveralSendAndOthersCome() throws Exception {
        Bench threads = new Bench(
                new MemoryDirectory(),
                new SessionLimits(8, 1000, 2000, Duration.ofSeconds(45), MessageRate.Rule.of(0, 1, 1), new Quotas(0, 0, 0), Bench.resume(5, 300), Bench.SENDS),
                1_000_000,
                Runnable::run,
                Runnable::run);
        threads.groups.keep(Bench.PATH, "g", History.last(1000));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                work.add(pool.submit(() -> {
                    start.await();
                    for (int n = 0; n < 200; n++) {
                        threads.reach.send(
                                new Scope(toGroup(), List.of(Bench.PATH)),
                                new Message(Bench.JSON.payload("m"), false, Sender.SERVER));
                    }
                    return null;
                }));
            }
            List<FakeWire> wires = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                FakeWire wire = new FakeWire();
                wires.add(wire);
                Session session = threads.client().speaks(Dialect.V1).accepted(wire);
                work.add(pool.submit(() -> {
                    start.await();
                    threads.reach.join(Scope.ofCids(List.of(session.cid())), List.of("g"));
                    threads.groups.catchUp(session, new ClientFrame.CatchUp(1L, "g", null));
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : work) {
                one.get();
            }
            for (FakeWire wire : wires) {
                assertPositionsAreWhole(wire.log());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertPositionsAreWhole(List<String> frames) {
        List<Integer> positions = frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"message\""))
                .map(frame -> Integer.valueOf(frame.replaceAll(".*\"pos\":(\\d+).*", "$1")))
                .distinct()
                .sorted()
                .toList();
        // One request is answered with a part, which says that there is more; behind it all is live.
        List<Integer> parts = frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"caughtup\"") && frame.contains("\"more\":true"))
                .map(frame -> Integer.valueOf(frame.replaceAll(".*\"pos\":(\\d+).*", "$1")))
                .toList();
        for (int i = 1; i < positions.size(); i++) {
            int before = positions.get(i - 1);
            assertTrue(positions.get(i) == before + 1 || parts.contains(before), positions::toString);
        }
    }
}
