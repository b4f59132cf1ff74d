package dev.cloudobjects.session;

import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.limit.RateLimiter;
import dev.cloudobjects.time.NanoClock;

/**
 * How often one client may send. A message that comes too fast is dropped. The dropped messages have a limit of their own,
 * which recovers within a minute; a client that exceeds it is closed. Safe for use by many threads.
 */
final class MessageRate {

    private static final int MINUTE = 60;

    private final NanoClock clock;
    private final RateLimiter messages;
    private final RateLimiter dropped;

    MessageRate(Rule rule, NanoClock clock) {
        this.clock = clock;
        this.messages = new RateLimiter(rule.messages());
        this.dropped = new RateLimiter(rule.dropped());
    }

    /**
     * The rates of one client.
     *
     * @param messages what it may send
     * @param dropped what may be dropped of what it sends besides
     */
    record Rule(Rate messages, Rate dropped) {

        static Rule of(int perSecond, int burst, int mostDropped) {
            Rate messages = new Rate(perSecond, burst);
            return new Rule(messages, new Rate(Math.max(1, mostDropped / MINUTE), mostDropped));
        }
    }

    /** Counts a message. */
    Session.Admission admit() {
        long now = clock.nanos();
        if (messages.take(now)) {
            return Session.Admission.TAKEN;
        }
        return dropped.take(now) ? Session.Admission.DROPPED : Session.Admission.ABUSE;
    }
}
