package dev.cloudobjects.session;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.Placement;
import dev.cloudobjects.link.Slot;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads that meet at log and queue of a client, thousands of times, each time a little earlier or later. */
class SlotRacesTest {

    private static final int ROUNDS = 1000;
    private static final int SPINS = 400;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final SplittableRandom random = new SplittableRandom(Stress.seed());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Runs a test again and again. */
    private void repeat(Runnable test) {
        for (int i = 0; i < ROUNDS; i++) {
            test.run();
        }
    }

    private void both(Runnable one, Runnable other) {
        AtomicInteger waiting = new AtomicInteger(2);
        int first = random.nextInt(SPINS);
        int second = random.nextInt(SPINS);
        Future<?> meets = threads.submit(() -> met(waiting, first, one));
        Future<?> met = threads.submit(() -> met(waiting, second, other));
        try {
            meets.get(20, TimeUnit.SECONDS);
            met.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void met(AtomicInteger waiting, int spins, Runnable task) {
        waiting.decrementAndGet();
        while (waiting.get() > 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
        task.run();
    }

    private static void check(boolean good, Object what) {
        if (!good) {
            throw new IllegalStateException(String.valueOf(what));
        }
    }

    /** Tasks that run when a test says so. */
    private static final class Tasks {
        private final List<Runnable> waiting = new ArrayList<>();

        synchronized void add(Runnable task) {
            waiting.add(task);
        }

        private synchronized @Nullable Runnable next() {
            return waiting.isEmpty() ? null : waiting.remove(0);
        }

        boolean runNext() {
            Runnable task = next();
            if (task != null) {
                task.run();
            }
            return task != null;
        }

        void runAll() {
            while (runNext()) {
                // One may bring another.
            }
        }
    }

    /** A client: a log, a link at most, and what was written on all of its links. */
    private static final class Peer {
        private final Tasks writes = new Tasks();
        private final QueueBudget budget = new QueueBudget(1000);
        private final SentLogs logs = new SentLogs(Bench.resume(5, 300));
        private final SentLog log = logs.open();
        private final Links links =
                new Links(new SocketExecutors(writes::add, writes::add, 10), budget, () -> 1, Bench.LINK);
        private List<String> written = new ArrayList<>();
        private volatile @Nullable Link link = open(List.of());

        private Link open(List<Queued> lacking) {
            List<String> to = new ArrayList<>();
            Link made = links.open(Dialect.PLAIN.codec(Bench.JSON), new Wire() {
                @Override
                public void send(Encoded message, Done done) {
                    to.add(((Encoded.Text) message).text());
                    done.ended(null);
                }

                @Override
                public void ping() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close(int code, String reason) {
                    throw new UnsupportedOperationException();
                }
            });
            written = to;
            made.release(new Encoded.Text("connected"), lacking);
            return made;
        }

        /** As {@link OptionSends} does it. */
        void send(String text, @Nullable String key, boolean droppable) {
            Slot slot = new Slot(new Encoded.Text(text), key, droppable, null);
            synchronized (log) {
                Link now = link;
                Placement placement =
                        now == null ? Placement.none(slot, Link.Offer.SHUT) : now.place(slot, null);
                if (placement.offer() == Link.Offer.SHUT) {
                    log.place(slot);
                } else {
                    log.follow(placement);
                }
            }
        }

        /** As {@link Attachments} does it. */
        void lose() {
            Objects.requireNonNull(link).stop();
            link = null;
        }

        /** As {@link Attachments} does it, for a client that has what was written. */
        void back() {
            synchronized (log) {
                Link before = link;
                if (before != null) {
                    before.stop();
                }
                link = open(Objects.requireNonNull(log.after(written.size() - 1)));
            }
        }

        /** What has arrived, on all links. */
        List<String> rest() {
            writes.runAll();
            return written.subList(1, written.size());
        }
    }

    @Test
    void shouldReplaceAMessageOrSendBothWhileItsWriteStarts() {
        repeat(() -> {
            Peer peer = new Peer();
            peer.send("1", "k", false);
            both(() -> peer.send("2", "k", false), peer.writes::runAll);
            List<String> got = peer.rest();
            check(got.equals(List.of("2")) || got.equals(List.of("1", "2")), got);
            check(peer.log.sent() == got.size(), got);
            check(peer.log.confirm(got.size()), got);
            check(peer.budget.used() == 0 && peer.logs.used() == 0, "bytes");
        });
    }

    @Test
    void shouldDropAMessageOrSendItWhileItsWriteStarts() {
        repeat(() -> {
            Peer peer = new Peer();
            for (int i = 0; i < 4; i++) {
                peer.send(String.valueOf(i), null, true);
            }
            both(() -> peer.send("4", null, true), peer.writes::runNext);
            List<String> got = peer.rest();
            check(got.get(got.size() - 1).equals("4"), got);
            check(peer.log.sent() == got.size(), got);
            check(peer.budget.used() == 0, "bytes");
        });
    }

    @Test
    void shouldReplaceAMessageOfALinkThatIsLost() {
        repeat(() -> {
            Peer peer = new Peer();
            peer.send("1", "k", false);
            both(() -> peer.send("2", "k", false), peer::lose);
            check(peer.written.isEmpty(), peer.written);
            check(peer.log.sent() == 1, peer.log.sent());
            peer.link = peer.open(Objects.requireNonNull(peer.log.after(0)));
            check(peer.rest().equals(List.of("2")), peer.written);
            check(peer.budget.used() == 0, "bytes");
        });
    }

    @Test
    void shouldLoseNothingWhereALossMeetsAWrite() {
        repeat(() -> {
            Peer peer = new Peer();
            peer.writes.runAll();
            peer.send("1", "k", false);
            both(
                    () -> {
                        peer.lose();
                        peer.send("2", "k", false);
                    },
                    peer.writes::runAll);
            // The client reads what was written, if that was anything.
            List<String> before = peer.written.subList(1, peer.written.size());
            check(peer.log.sent() == before.size() + 1, before);
            peer.back();
            check(peer.rest().equals(List.of("2")), peer.written);
        });
    }

    @Test
    void shouldReplaceAMessageWhileTheClientComesBack() {
        repeat(() -> {
            Peer peer = new Peer();
            peer.writes.runAll();
            peer.lose();
            peer.send("1", "k", false);
            both(() -> peer.send("2", "k", false), peer::back);
            check(peer.rest().equals(List.of("2")), peer.written);
            check(peer.log.sent() == 1, peer.log.sent());
        });
    }

    @Test
    void shouldHandleEachMessageOnceWhileAnotherThreadOffersMore() {
        repeat(() -> {
            Tasks handlers = new Tasks();
            List<String> handled = new ArrayList<>();
            Inbox inbox = new Inbox(handlers::add, 10, 1000, new QueueBudget(1000));
            inbox.offer(() -> handled.add("a"), 1);
            both(
                    () -> {
                        inbox.offer(() -> handled.add("b"), 1);
                        inbox.offer(() -> handled.add("c"), 1);
                    },
                    handlers::runNext);
            handlers.runAll();
            check(handled.equals(List.of("a", "b", "c")), handled);
        });
    }
}
