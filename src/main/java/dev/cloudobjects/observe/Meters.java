package dev.cloudobjects.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Event counters since the start. Safe for use by many threads. */
@ApplicationScoped
public class Meters {

    /** The counters, each with the name and the description of its metric. */
    public enum Meter {
        CONNECTIONS_OPENED("connections.opened", "WebSocket connections that passed the handshake"),
        CONNECTIONS_ACCEPTED("connections.accepted", "Connections that their connection event accepted"),
        CONNECTIONS_REFUSED("connections.refused", "Connections that their connection event refused"),
        CONNECTIONS_ENDED("connections.ended", "Accepted connections that ended"),
        CONNECTIONS_ENCRYPTED("connections.encrypted", "Connections that opened an encrypted channel"),
        SESSIONS_KEPT("sessions.kept", "Sessions that lost their socket and were kept for their client"),
        SESSIONS_RESUMED("sessions.resumed", "Sessions that went on over another socket"),
        SESSIONS_NOT_RESUMED("sessions.not.resumed", "Wishes to resume a session that the server could not fulfil"),
        SESSIONS_CROWDED_OUT("sessions.crowded.out", "Sessions without a socket that ended before their time because too much was kept"),
        ENCRYPTION_FAILED("connections.encryption.failed", "Connections closed because their encrypted channel failed"),
        HANDSHAKES_REFUSED("handshakes.refused", "WebSocket handshakes that were refused"),
        CALLS("calls", "Calls of methods that were started, over HTTP, over connections and by server code"),
        CALLS_REFUSED("calls.refused", "Calls of methods that a filter refused"),
        CALLS_FAILED("calls.failed", "Calls whose method or hook threw an exception other than CloudObjectException"),
        EVENTS("events", "Events of connections that were started"),
        EVENTS_REFUSED("events.refused", "Events that a filter refused"),
        EVENTS_FAILED("events.failed", "Events whose handler or hook threw an exception other than CloudObjectException"),
        CALLS_TIMED_OUT("calls.timed.out", "Calls and events that were interrupted at the time limit"),
        MESSAGES_RECEIVED("messages.received", "Messages from clients"),
        MESSAGES_MALFORMED("messages.malformed", "Messages from clients that were malformed"),
        MESSAGES_OVERRUN("messages.overrun", "Messages from clients that were dropped because the inbox was full"),
        LOGINS_LOCKED("logins.locked", "Logins refused because of too many wrong passwords"),
        LOGINS_CROWDED_OUT("logins.crowded.out", "Logins and registrations refused because too many waited for password hashing"),
        REGISTRATIONS_OVER_RATE("registrations.over.rate", "Registrations refused because of too many from one address"),
        MESSAGES_OVER_RATE("messages.over.rate", "Messages from clients that were dropped because they exceeded the rate"),
        MESSAGES_ABUSE("messages.abuse", "Connections closed because their messages exceeded the rate for too long"),
        MESSAGES_TOO_LARGE("messages.too.large", "Connections closed because of a message above the size limit"),
        MESSAGES_UNFINISHED("messages.unfinished", "Connections closed because a message in fragments was not complete in time"),
        HTTP_BODIES_TOO_LARGE("http.bodies.too.large", "Bodies of HTTP calls that were refused because of their size"),
        HTTP_BODIES_UNFINISHED("http.bodies.unfinished", "Bodies of HTTP calls that were aborted because they were not complete in time"),
        HTTP_BODIES_CROWDED_OUT("http.bodies.crowded.out", "Bodies of HTTP calls that were aborted because of too many bodies or bytes"),
        CALLS_CROWDED_OUT("calls.crowded.out", "HTTP calls refused because of too many running calls"),
        HTTP_REFUSALS_DELAYED("http.refusals.delayed", "Refusals of HTTP requests that were delayed because of too many from one address"),
        CONNECTS_OVER_RATE("connects.over.rate", "Requests of /connect that were refused because they exceeded the rate"),
        CONNECTIONS_TIMED_OUT("connections.connect.timed.out", "Connections closed because they had no connect frame, or were not accepted, in time"),
        HANDSHAKES_OVER_RATE("handshakes.over.rate", "WebSocket handshakes that were refused because they exceeded the rate"),
        CONNECTIONS_CROWDED_OUT("connections.crowded.out", "Connections and handshakes refused because of too many connections"),
        DELIVERIES_QUEUED("deliveries.queued", "Messages queued for a connection"),
        DELIVERIES_DROPPED("deliveries.dropped", "Messages dropped because of a slow client, or because the connection lacked encryption"),
        DELIVERIES_REPLACED("deliveries.replaced", "Messages replaced by a newer one of their key before they were written"),
        SLOW_CLOSED("connections.slow.closed", "Connections closed because of a slow client");

        private final String metric;
        private final String help;

        Meter(String metric, String help) {
            this.metric = metric;
            this.help = help;
        }

        /** The metric's name, without the prefix {@code cloudobjects}. */
        public String metric() {
            return metric;
        }

        /** The description of the metric. */
        public String help() {
            return help;
        }
    }

    private final Map<Meter, LongAdder> counts = new EnumMap<>(Meter.class);

    /** Creates counters with the value zero. */
    public Meters() {
        for (Meter meter : Meter.values()) {
            counts.put(meter, new LongAdder());
        }
    }

    /** Increments a counter. */
    public void count(Meter meter) {
        counter(meter).increment();
    }

    /** The value of a counter. */
    public long value(Meter meter) {
        return counter(meter).sum();
    }

    private LongAdder counter(Meter meter) {
        return Objects.requireNonNull(counts.get(meter));
    }
}
