package dev.cloudobjects.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** With a signal that means nothing to this process. */
class TermSignalTest {

    private static final Signal SIGNAL = new Signal("WINCH");

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private SignalHandler before;
    private TermSignal one = new TermSignal(SIGNAL);
    private final TermSignal two = new TermSignal(SIGNAL);

    @BeforeEach
    void listenAsTheServer() {
        before = Signal.handle(SIGNAL, signal -> heard.add("server"));
        one.whenReceived(() -> heard.add("one"));
    }

    @AfterEach
    void stop() {
        Signal.handle(SIGNAL, before);
    }

    private void assertHeard(String... expected) throws InterruptedException {
        Signal.raise(SIGNAL);
        for (String who : expected) {
            assertEquals(who, heard.poll(10, TimeUnit.SECONDS), () -> "of " + List.of(expected));
        }
        assertNull(heard.poll());
    }

    @Test
    void shouldRunTheActionAndHandTheSignalOn() throws InterruptedException {
        assertHeard("one", "server");
        assertHeard("one", "server");
    }

    @Test
    void shouldHandTheSignalOnWhenTheActionFails() throws InterruptedException {
        two.whenReceived(() -> {
            heard.add("two");
            throw new IllegalStateException("of the test");
        });
        assertHeard("two", "one", "server");
    }

    @Test
    void shouldGiveTheSignalBack() throws InterruptedException {
        one.restore();
        one.restore();
        assertHeard("server");
    }

    @Test
    void shouldLeaveTheSignalToThoseThatListenWhenOthersEnd() throws InterruptedException {
        two.whenReceived(() -> heard.add("two"));
        one.restore();
        assertHeard("two", "server");
        one.whenReceived(() -> heard.add("one again"));
        assertHeard("one again", "two", "server");
        two.restore();
        assertHeard("one again", "server");
        one.restore();
        assertHeard("server");
    }

    @Test
    void shouldKeepNothingOfThoseThatEnded() {
        two.whenReceived(() -> {});
        WeakReference<@Nullable TermSignal> ended = new WeakReference<>(one);
        one.restore();
        one = null;
        Awaitility.await("the one that ended to be collected").atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return ended.refersTo(null);
        });
    }
}
