package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ServerFrame;
import java.util.Optional;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A message to one user among many, from the port behind WebSocketManage to the socket: selected, encoded, queued,
 * written. {@link #oneUser} must cost the same among 100 and among 100,000.
 */
public class SendToUserBenchmark extends AverageTime {

    private static final int TURNS = 1 << 16;

    @Param({"100", "100000"})
    public int registered;

    private final Payload data = Crowd.JSON.parse("{\"from\":\"user-1\",\"body\":\"" + "x".repeat(100) + "\"}");
    private final String[] turns = new String[TURNS];
    private LocalReach reach;
    private int turn;

    @Setup
    public void fill() {
        Crowd crowd = new Crowd(registered);
        reach = new LocalReach(crowd.registry, crowd.sessions, crowd.deliveries, crowd.requests, crowd.meters);
        Random random = new Random(1);
        for (int i = 0; i < TURNS; i++) {
            turns[i] = Crowd.user(random.nextInt(registered));
        }
    }

    @Benchmark
    public Object oneUser() {
        return send("user-42");
    }

    /** A different user each time, so that the processor's caches do not have all of the 100,000. */
    @Benchmark
    public Object anyUser() {
        return send(turns[turn++ & (TURNS - 1)]);
    }

    private SendResult send(String user) {
        SendResult sent = reach.send(new Scope(Target.user(user), Crowd.PATHS), new Message(data, false, Sender.SERVER));
        if (sent.queued() != 1) {
            throw new AssertionError(sent.toString());
        }
        return sent;
    }
}
