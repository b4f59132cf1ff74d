package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Heartbeat;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.LinkLimits;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.security.Login;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks every session and its link four times a second, and ends what has exceeded its time: a write, a silence, a login, a
 * close. It also has what was held back sent. One check costs nanoseconds per session, which is less than a timer for each.
 */
@UnproxiedSingleton
public final class TimeoutCheck {

    private final Registry registry;
    private final Sessions sessions;
    private final Attachments attachments;
    private final Duration acceptTimeout;
    private final LoginExpiry logins;

    /** A check of these sessions. */
    @Inject
    public TimeoutCheck(
            Registry registry, Sessions sessions, Attachments attachments, SessionFactory factory, LoginExpiry logins) {
        this.registry = registry;
        this.sessions = sessions;
        this.attachments = attachments;
        this.acceptTimeout = factory.limits().acceptTimeout();
        this.logins = logins;
    }

    /** One check of all sessions. */
    public void run() {
        for (Session session : registry.tracked()) {
            try {
                Link link = session.link();
                if (link != null) {
                    check(session, link);
                } else if (session.state().isAway() && !attachments.expire(session)) {
                    checkLogin(session);
                }
                SendState sends = session.sendState();
                if (sends != null) {
                    sends.tick(session);
                }
            } catch (RuntimeException | Error e) {
                // The scheduler would never call again.
                Log.TIMEOUT_CHECK_FAILED.log(e, session);
            }
        }
    }

    private void check(Session session, Link link) {
        LinkLimits limits = link.limits();
        Heartbeat heartbeat = link.heartbeat();
        if (link.isStuck(limits.writeTimeout())) {
            String reason = "a write took more than " + limits.writeTimeout();
            if (session.resumption() == null || !session.state().isOpen()) {
                sessions.tooSlow(session, reason);
            } else {
                // Whether its client is slow or has lost its network can't be told.
                attachments.lost(session, link, SessionEnd.byServer(CloseCode.TRY_LATER, reason));
            }
            return;
        }
        if (heartbeat.unfinishedFor(limits.messageTimeout())) {
            sessions.exceeded(
                    session,
                    link,
                    CloseCode.POLICY,
                    "a message took more than " + limits.messageTimeout() + " to be complete",
                    Meter.MESSAGES_UNFINISHED);
            return;
        }
        switch (session.state()) {
            case CONNECTING -> checkConnecting(session, link);
            case OPEN -> checkOpen(session, link);
            case CLOSING -> {
                if (heartbeat.closingFor(limits.writeTimeout())) {
                    sessions.end(session, SessionEnd.byServer(CloseCode.GOING_AWAY));
                }
            }
            case AWAY, CLOSED -> {
                // The thread that ended it is about to forget it.
            }
        }
    }

    /** Whatever the cause, such as a transport that forgot the session or a handler that finds no thread. */
    private void checkConnecting(Session session, Link link) {
        Heartbeat age = link.heartbeat();
        if (link.awaitsConnect() && age.olderThan(link.limits().connectTimeout())) {
            CloseCode code = CloseCode.CONNECT_TIMEOUT;
            sessions.exceeded(session, link, code, code.reason(), Meter.CONNECTIONS_TIMED_OUT);
        } else if (age.olderThan(acceptTimeout)) {
            sessions.exceeded(
                    session, link, CloseCode.TRY_LATER, "it was not accepted in time", Meter.CONNECTIONS_TIMED_OUT);
        }
    }

    private void checkOpen(Session session, Link link) {
        if (checkLogin(session)) {
            return;
        }
        if (link.heartbeat().lost(link.limits().pingTimeout())) {
            attachments.lost(session, link, SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED));
        } else if (link.heartbeat().pingDue(link.limits().pingInterval())) {
            link.ping();
        }
    }

    /** True when the login of the session has ended. */
    private boolean checkLogin(Session session) {
        Optional<Login> ended = session.endedLogin();
        ended.ifPresent(login -> logins.expired(session, login));
        return ended.isPresent();
    }
}
