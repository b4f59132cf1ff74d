package dev.cloudobjects.http;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.limit.KeyedRateLimiter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.threads.WorkerPool;
import dev.cloudobjects.time.FixedTimeouts;
import dev.cloudobjects.time.NanoClock;
import dev.cloudobjects.time.Timeouts;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delays refusals that tell a client when to call again (429 and 503), if its network does not wait: a client that calls again as
 * soon as it is refused would use up the processor. Each network has a few prompt refusals; further ones take a second. No thread
 * waits. The number of delayed answers is limited; above the limit, answers are prompt. Safe for use by many threads.
 */
@UnproxiedSingleton
public class LateRefusals {

    /** The delay. */
    static final Duration DELAY = Duration.ofSeconds(1);

    /** The rate of prompt refusals: that of a client that calls again after {@link Responses#RETRY_SECONDS}. */
    static final Rate PROMPT = new Rate(1, Responses.RETRY_SECONDS, 5);

    private static final int MOST_REMEMBERED = 50_000;

    private final int most;
    private final KeyedRateLimiter prompt;
    private final Timeouts timeouts;
    private final Executor handlers;
    private final Meters meters;
    private final AtomicInteger delayed = new AtomicInteger();

    @Inject
    LateRefusals(Settings settings, NanoClock clock, WorkerPool handlers, Meters meters) {
        this(settings, clock, handlers, meters, new FixedTimeouts("cloudobjects-refusals", DELAY));
    }

    /** Creates refusals that these timeouts delay, which may be those of a test. */
    public LateRefusals(Settings settings, NanoClock clock, Executor handlers, Meters meters, Timeouts timeouts) {
        this.most = settings.get(Keys.HTTP_MAX_DELAYED);
        this.prompt = new KeyedRateLimiter(PROMPT, MOST_REMEMBERED, clock::nanos);
        this.timeouts = timeouts;
        this.handlers = handlers;
        this.meters = meters;
    }

    /**
     * Answers a refusal: on this thread at once, or later on a thread of the handlers.
     *
     * @param address the address of the client
     * @param answer writes the answer; called once
     */
    void answer(String address, Runnable answer) {
        if (prompt.take(Network.of(address)) || !enter()) {
            answer.run();
            return;
        }
        meters.count(Meter.HTTP_REFUSALS_DELAYED);
        timeouts.start(() -> leave(answer));
    }

    private boolean enter() {
        if (delayed.incrementAndGet() <= most) {
            return true;
        }
        delayed.decrementAndGet();
        return false;
    }

    /** Writing may block, and the thread of the timeouts must not. */
    private void leave(Runnable answer) {
        delayed.decrementAndGet();
        try {
            handlers.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run();
        }
    }

    /** The number of delayed answers. */
    int size() {
        return delayed.get();
    }

    /** Sends all delayed answers, and delays none from now on, because the server stops. */
    @PreDestroy
    public void stop() {
        timeouts.close();
    }
}
