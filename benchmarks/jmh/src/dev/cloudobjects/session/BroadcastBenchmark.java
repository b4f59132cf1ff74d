package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A broadcast to 1,000 sessions, without sockets: a delivery, and what it costs to keep it for clients that come back. */
public class BroadcastBenchmark extends AverageTime {

    private static final int SESSIONS = 1000;

    /** Whether what is sent is kept; nobody confirms it, so each log is full, and drops its oldest message. */
    @Param({"false", "true"})
    public boolean resumable;

    private final Payload data = Crowd.JSON.parse("{\"from\":\"user-1\",\"body\":\"" + "x".repeat(100) + "\"}");
    private final Scope everyone = new Scope(Target.of(to -> to.everyone()), Crowd.PATHS);
    private LocalReach reach;

    @Setup
    public void fill() {
        Crowd crowd = new Crowd(SESSIONS, resumable);
        reach = new LocalReach(crowd.registry, crowd.sessions, crowd.deliveries, crowd.requests, crowd.meters);
    }

    @Benchmark
    @OperationsPerInvocation(SESSIONS)
    public Object delivery() {
        SendResult sent = reach.send(everyone, new Message(data, false, Sender.SERVER));
        if (sent.queued() != SESSIONS) {
            throw new AssertionError(sent.toString());
        }
        return sent;
    }
}
