package dev.cloudobjects.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test of another package sees of the sessions of a bench. */
public final class Inside {

    private final Bench bench;

    public Inside(Bench bench) {
        this.bench = bench;
    }

    /** The session of a cid, in any state; {@code null} when it has ended. */
    public @Nullable Session find(String cid) {
        return tracked().stream()
                .filter(session -> session.cid().equals(cid))
                .findFirst()
                .orElse(null);
    }

    public Collection<Session> tracked() {
        return bench.registry.tracked();
    }

    /** For how long a session has been away, in nanoseconds; -1 when it is not. */
    public long away(Session session) {
        Resumption kept = session.resumption();
        Resumption.Absence absence = kept == null ? null : kept.absence();
        return absence == null ? -1 : bench.clock.nanos() - absence.since();
    }

    /** What does not fit together at a moment when nothing runs. */
    public List<String> contradictions() {
        List<String> found = new ArrayList<>();
        long away = tracked().stream().filter(session -> session.state().isAway()).count();
        long linked = tracked().stream().filter(session -> session.link() != null).count();
        long open = tracked().stream().filter(session -> session.state().isOpen()).count();
        expect(found, "sessions in the order of those that are away", away, bench.registry.away());
        expect(found, "open sessions that are connected", open - away, bench.registry.connected());
        expect(found, "sessions that have a link", tracked().size() - away, linked);
        expect(found, "sessions in the index", open, bench.registry.size());
        expect(found, "rows of the table", open, bench.directory.list(Integer.MAX_VALUE).size());
        if (away > bench.factory.limits().resume().sessions()) {
            found.add(away + " sessions are away");
        }
        if (bench.factory.logs().isFull()) {
            found.add("more is kept than may be");
        }
        for (Session session : tracked()) {
            if ((away(session) >= 0) != session.state().isAway()) {
                found.add(session + " has been away for " + away(session) + " ns");
            }
        }
        return found;
    }

    /** What is left when all sessions have ended and all handlers have run. */
    public List<String> leftovers() {
        List<String> found = new ArrayList<>(contradictions());
        expect(found, "sessions", 0, tracked().size());
        expect(found, "keys of the indexes", 0, bench.registry.keys());
        expect(found, "users and networks that are counted", 0, bench.registry.counted());
        expect(found, "sessions with open requests", 0, bench.open.waiting());
        expect(found, "bytes that wait for clients", 0, bench.budget.used());
        expect(found, "bytes that are kept", 0, bench.factory.logs().used());
        expect(found, "receipts that wait", 0, bench.factory.receipts().waiting());
        expect(found, "bytes that wait for handlers", 0, bench.factory.incoming().used());
        return found;
    }

    private static void expect(List<String> found, String what, long wanted, long is) {
        if (wanted != is) {
            found.add(what + ": " + is + ", not " + wanted);
        }
    }
}
