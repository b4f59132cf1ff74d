package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private static final List<String> HERE = List.of(Bench.PATH);

    private final Bench bench = new Bench();
    private final Registry registry = bench.registry;

    private Set<Session> select(UnaryOperator<Selector> say) {
        return select(say, HERE);
    }

    private Set<Session> select(UnaryOperator<Selector> say, Collection<String> paths) {
        Collection<Session> found = registry.select(say.apply(Target.none()).checked(), paths);
        Set<Session> once = new HashSet<>(found);
        assertEquals(once.size(), found.size(), "a connection was found twice");
        return once;
    }

    private void join(Session session, String... groups) {
        bench.sessions.join(session, List.of(groups));
    }

    @Nested
    class Selectors {

        private final Session ann = bench.client().user("ann").device("phone").appid("web").channel("a").accepted();
        private final Session annAtHome = bench.client().user("ann").device("pc").appid("web").channel("b").accepted();
        private final Session bob = bench.client().user("bob").device("phone").appid("app").channel("a").accepted();
        private final Session nobody = bench.client().accepted();
        private final Session elsewhere = bench.client().path("other").user("ann").accepted();

        @Test
        void shouldFindBySingleSelectors() {
            assertEquals(Set.of(ann, annAtHome), select(to -> to.user("ann")));
            assertEquals(Set.of(ann, bob), select(to -> to.device("phone")));
            assertEquals(Set.of(ann, annAtHome), select(to -> to.appid("web")));
            assertEquals(Set.of(ann, bob), select(to -> to.channel("a")));
            assertEquals(Set.of(nobody), select(to -> to.channel("default")));
            assertEquals(Set.of(ann, annAtHome, bob, nobody), select(to -> to.everyone()));
        }

        @Test
        void shouldTakeAListForAnyOfIt() {
            assertEquals(Set.of(ann, annAtHome, bob), select(to -> to.user("ann", "bob", "zoe")));
            assertEquals(Set.of(ann, annAtHome, bob), select(to -> to.channel("a", "b")));
        }

        @Test
        void shouldDemandAllThatIsSaid() {
            assertEquals(Set.of(annAtHome), select(to -> to.user("ann").device("pc")));
            assertEquals(Set.of(ann), select(to -> to.user("ann").channel("a")));
            assertEquals(Set.of(bob), select(to -> to.device("phone").appid("app")));
            assertEquals(Set.of(ann), select(to -> to.user("ann", "bob").device("phone").appid("web").channel("a")));
            assertEquals(Set.of(), select(to -> to.user("bob").channel("b")));
        }

        @Test
        void shouldDemandGroupsBesidesTheRest() {
            join(ann, "g");
            join(annAtHome, "g");
            join(bob, "g");
            assertEquals(Set.of(ann, bob), select(to -> to.group("g").channel("a")));
            assertEquals(Set.of(annAtHome), select(to -> to.group("g").user("ann").device("pc")));
            assertEquals(Set.of(), select(to -> to.group("h").user("ann")));
        }

        @Test
        void shouldFindExactlyTheNamedConnectionsWhateverElseIsSaid() {
            assertEquals(Set.of(ann, elsewhere), select(to -> to.cid(ann.cid(), elsewhere.cid(), "none").user("bob")));
        }

        @Test
        void shouldFindNobodyByAnEmptyList() {
            assertEquals(Set.of(), select(to -> to.cid(List.of())));
            assertEquals(Set.of(), select(to -> to.user(List.of())));
            assertEquals(Set.of(), select(to -> to.device(List.of())));
            assertEquals(Set.of(), select(to -> to.appid(List.of())));
            assertEquals(Set.of(), select(to -> to.channel(List.of())));
            assertEquals(Set.of(), select(to -> to.group(List.of())));
            assertEquals(Set.of(), select(to -> to.user("ann").appid(List.of())));
            assertEquals(Set.of(), select(to -> to.everyone(), List.of()));
        }

        @Test
        void shouldKeepObjectsApart() {
            assertEquals(Set.of(elsewhere), select(to -> to.user("ann"), List.of("other")));
            assertEquals(Set.of(ann, annAtHome, elsewhere), select(to -> to.user("ann"), List.of(Bench.PATH, "other")));
            assertEquals(Set.of(ann, annAtHome, elsewhere), new HashSet<>(registry.ofUser("ann")));
        }
    }

    @Nested
    class Groups {

        @Test
        void shouldCountAConnectionInSeveralGroupsOnce() {
            Session both = bench.client().accepted();
            join(both, "a", "b");
            Session one = bench.client().accepted();
            join(one, "b");
            assertEquals(Set.of(both, one), select(to -> to.group("a", "b")));
        }

        @Test
        void shouldKeepAGroupJoinedBeforeAcceptance() {
            Session early = bench.client().open();
            join(early, "g");
            assertEquals(Set.of(), select(to -> to.group("g")));
            bench.sessions.accept(early);
            assertEquals(Set.of(early), select(to -> to.group("g")));
        }

        @Test
        void shouldForgetAGroupLeftBeforeAcceptance() {
            Session early = bench.client().open();
            join(early, "g", "h");
            bench.sessions.leave(early, List.of("g"));
            bench.sessions.accept(early);
            assertEquals(Set.of(), select(to -> to.group("g")));
            assertEquals(Set.of(early), select(to -> to.group("h")));
        }

        @Test
        void shouldNotLetAClosedConnectionJoin() {
            Session gone = bench.client().accepted();
            bench.sessions.end(gone, SessionEnd.byPeer(1000, ""));
            join(gone, "g");
            bench.sessions.leave(gone, List.of("h"));
            assertEquals(Set.of(), gone.groups());
            assertEquals(0, registry.keys());
        }
    }

    @Nested
    class States {

        @Test
        void shouldFindOneThatConnectsByItsCidOnly() {
            Session early = bench.client().user("ann").open();
            assertTrue(registry.find(early.cid()).isPresent());
            assertEquals(Set.of(), select(to -> to.user("ann")));
            assertEquals(Set.of(), select(to -> to.everyone()));
            assertEquals(0, registry.keys());
        }

        @Test
        void shouldNotFindOneThatIsClosing() {
            Session closing = bench.client().user("ann").accepted();
            bench.sessions.finish(closing, null, dev.cloudobjects.protocol.CloseCode.NORMAL, "", true);
            assertFalse(registry.find(closing.cid()).isPresent());
            assertEquals(Set.of(), select(to -> to.everyone()));
            assertEquals(1, registry.tracked().size());
        }
    }

    @Nested
    class Keys {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void shouldRemoveEmptiedKeys(boolean forget) {
            Session one = bench.client().user("ann").device("d").accepted();
            join(one, "a", "b");
            assertEquals(6, registry.keys());
            bench.sessions.leave(one, List.of("a"));
            assertEquals(5, registry.keys());
            bench.run();
            if (forget) {
                bench.expire(one);
                assertEquals(4, registry.keys());
            }
            bench.sessions.end(one, SessionEnd.byPeer(1000, ""));
            assertEquals(0, registry.keys());
            assertEquals(0, registry.size());
            assertEquals(0, registry.tracked().size());
        }
    }

    /** Threads that open, accept, join, leave, forget and end at random, and others that search meanwhile. */
    @RepeatedTest(20)
    void shouldStayTrueUnderManyThreads() throws Exception {
        long seed = Stress.seed();
        SplittableRandom random = new SplittableRandom(seed);
        Bench free = new Bench(new dev.cloudobjects.directory.MemoryDirectory(), Bench.LIMITS, 1_000_000, task -> {}, task -> {});
        Set<Session> gone = ConcurrentHashMap.newKeySet();
        List<Session> all = Collections.synchronizedList(new ArrayList<>());
        List<Stress.Task> tasks = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            SplittableRandom own = random.split();
            tasks.add(() -> {
                for (int i = 0; i < 400; i++) {
                    act(free, own, all, gone);
                }
            });
        }
        for (int t = 0; t < 2; t++) {
            SplittableRandom own = random.split();
            tasks.add(() -> {
                for (int i = 0; i < 400; i++) {
                    Set<Session> before = Set.copyOf(gone);
                    Target target = anyTarget(own);
                    for (Session found : free.registry.select(target, HERE)) {
                        assertFalse(before.contains(found), () -> target + " found one that was closed before");
                    }
                }
            });
        }
        try {
            Stress.race(new Random(seed), tasks);
            for (Session session : all) {
                free.sessions.end(session, SessionEnd.byPeer(1000, ""));
            }
            assertEquals(0, free.registry.keys());
            assertEquals(0, free.registry.size());
            assertEquals(0, free.registry.tracked().size());
            assertEquals(List.of(), free.directory.list(10));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void act(Bench free, SplittableRandom own, List<Session> all, Set<Session> gone) {
        Session some = all.isEmpty() ? null : all.get(own.nextInt(all.size()));
        switch (own.nextInt(8)) {
            case 0, 1 -> all.add(free.client()
                    .user("u" + own.nextInt(3))
                    .device("d" + own.nextInt(3))
                    .channel("c" + own.nextInt(2))
                    .open());
            case 2, 3 -> {
                if (some != null) {
                    free.sessions.accept(some);
                }
            }
            case 4 -> {
                if (some != null) {
                    free.sessions.join(some, List.of("g" + own.nextInt(3), "g" + own.nextInt(3)));
                }
            }
            case 5 -> {
                if (some != null) {
                    free.sessions.leave(some, List.of("g" + own.nextInt(3)));
                }
            }
            case 6 -> {
                if (some != null) {
                    free.expire(some);
                }
            }
            default -> {
                if (some != null) {
                    free.sessions.end(some, SessionEnd.byPeer(1000, ""));
                    gone.add(some);
                }
            }
        }
    }

    private static Target anyTarget(SplittableRandom own) {
        return switch (own.nextInt(6)) {
            case 5 -> Target.everyone().exceptUser("u0").exceptDevice("d1");
            case 0 -> Target.user("u0", "u1");
            case 1 -> Target.device("d" + own.nextInt(3)).channel("c0");
            case 2 -> Target.group("g0", "g1", "g2");
            case 3 -> Target.channel("c1");
            default -> Target.everyone();
        };
    }
}
