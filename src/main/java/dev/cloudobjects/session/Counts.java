package dev.cloudobjects.session;

import dev.cloudobjects.limit.KeyedCounter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.security.Caller;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many sessions have a link: of everybody, of each user, and from each network. Safe for use by many threads. */
final class Counts {

    private final AtomicInteger all = new AtomicInteger();
    private final KeyedCounter users = new KeyedCounter();
    private final KeyedCounter networks = new KeyedCounter();

    /** One more. Tells how many there are with it. */
    Quotas.Count add(Session session) {
        String user = session.openedBy();
        String network = network(session.caller());
        return new Quotas.Count(
                all.incrementAndGet(), user == null ? 0 : users.add(user), network == null ? 0 : networks.add(network));
    }

    /** One fewer, with the caller that it had when it was added. */
    void remove(Session session) {
        all.decrementAndGet();
        String user = session.openedBy();
        if (user != null) {
            users.remove(user);
        }
        String network = network(session.caller());
        if (network != null) {
            networks.remove(network);
        }
    }

    /** How many there would be with one more of this caller. */
    Quotas.Count with(Caller caller) {
        String user = caller.uid();
        String network = network(caller);
        return new Quotas.Count(
                all.get() + 1,
                user == null ? 0 : users.of(user) + 1,
                network == null ? 0 : networks.of(network) + 1);
    }

    /** How many users and networks are counted: 0 when no session is left. */
    int names() {
        return users.names() + networks.names();
    }

    private static @Nullable String network(Caller caller) {
        String address = caller.client().address();
        return address == null ? null : Network.of(address);
    }
}
