package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Caller;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes whose a session is, together with the index and the row that name its user. Safe for use by many threads. */
@UnproxiedSingleton
public final class CallerChange {

    private final Registry registry;
    private final OnlineTable table;
    private final Deliveries deliveries;

    /** Changes of these sessions. */
    @Inject
    public CallerChange(Registry registry, OnlineTable table, Deliveries deliveries) {
        this.registry = registry;
        this.table = table;
        this.deliveries = deliveries;
    }

    /**
     * Changes the caller of a session, unless the condition has ceased to hold. Condition and change are one step for
     * everybody else.
     *
     * @param when the condition; asked under the session's monitor, so it takes no lock
     * @param to makes the new caller of the present one
     * @param told what the client is told, before anything that comes after the change; {@code null} for nothing
     * @return false when the condition did not hold, and nothing was done
     */
    public boolean apply(
            Session session, Predicate<Session> when, UnaryOperator<Caller> to, @Nullable ServerFrame told) {
        Codec codec = session.codec();
        Encoded encoded = codec == null || told == null ? null : codec.encode(told).orElse(null);
        Link.Offer offer = Link.Offer.QUEUED;
        synchronized (session) {
            if (!when.test(session)) {
                return false;
            }
            change(session, to.apply(session.caller()));
            if (told != null && encoded != null) {
                // Inside, so that the end of the new login can't be told before it. It returns at once.
                offer = deliveries.offer(session, encoded, told);
            }
        }
        deliveries.offered(session, offer);
        return true;
    }

    private void change(Session session, Caller next) {
        if (!session.state().isOpen() || Objects.equals(session.uid(), next.uid())) {
            session.caller(next);
            return;
        }
        registry.changeCaller(session, next);
        table.put(session);
        Resumption kept = session.resumption();
        if (kept != null) {
            // What was sent to one user is not sent again to the next.
            kept.log().forget();
        }
        SendState sends = session.sendState();
        if (sends != null) {
            sends.forgetHeld();
        }
    }
}
