package dev.cloudobjects.simulation;

import dev.cloudobjects.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How server and clients of one schedule are configured: roomy, or so that some limit is reached.
 *
 * @param needsLogin whether the object may only be used with a login
 * @param window how long a session stays after its socket was lost
 * @param crowded whether only one or two sessions may be away, and as many closed ones are remembered
 * @param dropsSent whether the server may have to drop what it has sent before it was confirmed
 * @param mild whether no message of a client ends its session
 * @param interval after how many milliseconds a client pings
 * @param queue how many messages of a client may wait for its connection
 */
record Limits(
        Settings settings,
        boolean needsLogin,
        Duration window,
        boolean crowded,
        boolean dropsSent,
        boolean mild,
        int interval,
        int queue) {

    private static final Duration WINDOW = Duration.ofSeconds(20);

    static Limits of(Random random) {
        Map<String, String> set = new HashMap<>();
        set.put("cloudobjects.resume.window", WINDOW.toString());
        set.put("cloudobjects.ping.interval", "PT10S");
        set.put("cloudobjects.ping.timeout", "PT5S");
        set.put("cloudobjects.message.rate", random.nextInt(4) == 0 ? "3" : "0");
        set.put("cloudobjects.message.burst", "4");
        set.put("cloudobjects.inbox.max-messages", random.nextInt(4) == 0 ? "2" : "256");
        set.put("cloudobjects.queue.max-messages", random.nextInt(4) == 0 ? "3" : "1000");
        boolean few = random.nextInt(4) == 0;
        boolean small = random.nextInt(6) == 0;
        boolean tight = random.nextInt(4) == 0;
        boolean crowded = random.nextInt(4) == 0;
        set.put("cloudobjects.resume.max-messages", few ? "3" : "300");
        set.put("cloudobjects.resume.max-bytes", small ? "250" : "262144");
        set.put("cloudobjects.resume.total-bytes", tight ? "500" : "134217728");
        set.put("cloudobjects.resume.max-sessions", crowded ? Integer.toString(1 + random.nextInt(2)) : "1000");
        return new Limits(
                new Settings(name -> Optional.ofNullable(set.get(name))),
                random.nextBoolean(),
                WINDOW,
                crowded,
                few || small || tight,
                random.nextInt(4) != 0,
                random.nextBoolean() ? 2000 : 25_000,
                random.nextInt(4) == 0 ? 3 : 1000);
    }
}
