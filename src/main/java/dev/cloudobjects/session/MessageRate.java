package dev.cloudobjects.session;

import dev.cloudobjects.limit.Bucket;
import dev.cloudobjects.limit.Rate;

/**
 * How often one client may send. What comes too fast is dropped; who goes on regardless is closed: the dropped ones have
 * an allowance of their own, which comes back within a minute. Safe for use by many threads.
 */
final class MessageRate {

    private static final int MINUTE = 60;

    private final NanoClock clock;
    private final Bucket messages;
    private final Bucket dropped;

    MessageRate(Rule rule, NanoClock clock) {
        this.clock = clock;
        this.messages = new Bucket(rule.messages());
        this.dropped = new Bucket(rule.dropped());
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
    Connection.Admission admit() {
        long now = clock.nanos();
        if (messages.take(now)) {
            return Connection.Admission.TAKEN;
        }
        return dropped.take(now) ? Connection.Admission.DROPPED : Connection.Admission.ABUSE;
    }
}
