package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.time.ManualClock;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncomingBodiesTest {

    private static final String ANN = "192.0.2.1";
    private static final String BOB = "192.0.2.2";

    private final Map<String, String> given = new HashMap<>(Map.of(
            "cloudobjects.http.max-body", "40",
            "cloudobjects.http.total-bytes", "100",
            "cloudobjects.http.body-timeout", "PT10S"));

    private final ManualClock clock = new ManualClock();
    private final Meters meters = new Meters();
    private IncomingBodies arrivals = arrivals();

    private IncomingBodies arrivals() {
        Settings settings = new Settings(name -> Optional.ofNullable(given.get(name)));
        return new IncomingBodies(settings, clock, new Bodies(settings, Bench.JSON, meters), meters);
    }

    private void set(String setting, String value) {
        given.put("cloudobjects." + setting, value);
        arrivals = arrivals();
    }

    /** A body on its way, and what became of it. */
    private final class Body implements IncomingBodies.Receiver {

        private final FakeStream stream = new FakeStream();
        private final List<String> ends = new ArrayList<>();
        private Runnable release = () -> {};

        Body() {
            this(ANN);
        }

        Body(String address) {
            arrivals.read(address, stream, this);
        }

        Body comes(int bytes) throws IOException {
            stream.comes("x".repeat(bytes));
            return this;
        }

        @Override
        public void complete(IncomingBody body) {
            ends.add(new String(body.bytes(), StandardCharsets.UTF_8));
            release = body::release;
        }

        @Override
        public void refused(CloudObjectException why) {
            ends.add(String.valueOf(why.code()));
        }

        @Override
        public void aborted(IOException why) {
            ends.add("aborted");
        }
    }

    @AfterEach
    void shouldHoldNothingAtTheEnd() {
        assertEquals(0, arrivals.size());
        assertEquals(0, arrivals.bytes());
    }

    @Test
    void shouldGiveTheWholeBodyAndCountItUntilItIsReleased() throws IOException {
        Body body = new Body();
        body.stream.comes("{\"a\"");
        body.stream.comes(":1}");
        assertEquals(List.of(), body.ends);
        body.stream.ends();
        assertEquals(List.of("{\"a\":1}"), body.ends);
        assertEquals(7, arrivals.bytes());
        body.release.run();
        body.release.run();
    }

    @Test
    void shouldTakeExactlyAsManyBytesAsAllowed() throws IOException {
        Body fits = new Body().comes(40);
        fits.stream.ends();
        fits.release.run();
        Body over = new Body().comes(40).comes(1);
        assertEquals(List.of("413"), over.ends);
        assertEquals(1, meters.value(Meter.HTTP_BODIES_TOO_LARGE));
        over.stream.comes("late");
        over.stream.ends();
        assertEquals(List.of("413"), over.ends);
    }

    @Test
    void shouldGiveUpOnABodyThatComesInDrops() throws IOException {
        Body slow = new Body();
        for (int i = 0; i < 5; i++) {
            slow.comes(1);
            clock.advance(Duration.ofSeconds(1));
            arrivals.sweep();
        }
        assertEquals(List.of(), slow.ends);
        clock.advance(Duration.ofNanos(1));
        arrivals.sweep();
        assertEquals(List.of("408"), slow.ends);
    }

    @Test
    void shouldGiveUpOnABodyThatGoesOnButIsNotCompleteInTime() throws IOException {
        set("http.max-body", "10000");
        set("http.total-bytes", "10000");
        Body slow = new Body();
        for (int i = 0; i < 10; i++) {
            slow.comes(64);
            clock.advance(Duration.ofSeconds(1));
            arrivals.sweep();
        }
        assertEquals(List.of(), slow.ends);
        clock.advance(Duration.ofNanos(1));
        arrivals.sweep();
        arrivals.sweep();
        assertEquals(List.of("408"), slow.ends);
        assertEquals(1, meters.value(Meter.HTTP_BODIES_UNFINISHED));
    }

    @Test
    void shouldHaveTheFirstGiveWayWhereThereAreTooMany() throws IOException {
        set("http.max-bodies", "2");
        Body first = new Body(ANN);
        clock.advance(Duration.ofMillis(1));
        Body second = new Body(ANN);
        clock.advance(Duration.ofMillis(1));
        Body third = new Body(BOB);
        assertEquals(List.of("503"), first.ends);
        assertEquals(1, meters.value(Meter.HTTP_BODIES_CROWDED_OUT));
        for (Body body : List.of(second, third)) {
            body.stream.ends();
            assertEquals(List.of(""), body.ends);
        }
        new Body(ANN).stream.ends();
    }

    @Test
    void shouldHaveTheFirstOfAnAddressGiveWayWhereAddressesAreKnown() throws IOException {
        set("http.max-bodies-per-address", "1");
        Body unknown = new Body(ANN);
        new Body(ANN).stream.ends();
        assertEquals(List.of(), unknown.ends);
        unknown.stream.ends();
        set("proxies", "127.0.0.1");
        Body other = new Body(BOB);
        clock.advance(Duration.ofMillis(1));
        Body first = new Body(ANN);
        clock.advance(Duration.ofMillis(1));
        Body second = new Body(ANN);
        assertEquals(List.of("429"), first.ends);
        assertEquals(List.of(), other.ends);
        other.stream.ends();
        second.stream.ends();
        assertEquals(List.of(""), second.ends);
        new Body(ANN).stream.ends();
    }

    @Test
    void shouldGiveUpOnABodyThatNeverComes() {
        Body silent = new Body();
        clock.advance(Duration.ofSeconds(11));
        arrivals.sweep();
        assertEquals(List.of("408"), silent.ends);
    }

    @Test
    void shouldGiveUpWithTheContainer() throws IOException {
        Body body = new Body().comes(3);
        body.stream.fails(new SocketTimeoutException());
        assertEquals(List.of("408"), body.ends);
    }

    @Test
    void shouldForgetWhoHasGone() throws IOException {
        Body body = new Body().comes(3);
        body.stream.fails(new IOException("reset by peer"));
        clock.advance(Duration.ofSeconds(11));
        arrivals.sweep();
        assertEquals(List.of("aborted"), body.ends);
    }

    @Test
    void shouldHaveTheLargestGiveWayWhereThereIsNoRoomForAll() throws IOException {
        Body large = new Body().comes(39);
        Body larger = new Body().comes(40);
        Body small = new Body().comes(20);
        Body smallest = new Body().comes(5);
        assertEquals(List.of("503"), larger.ends);
        assertEquals(1, meters.value(Meter.HTTP_BODIES_CROWDED_OUT));
        smallest.comes(30);
        for (Body body : List.of(large, small, smallest)) {
            body.stream.ends();
            body.release.run();
        }
        assertEquals(35, smallest.ends.get(0).length());
    }

    @Test
    void shouldRefuseTheLargestItselfWhereThereIsNoRoomForIt() throws IOException {
        Body first = new Body().comes(40);
        Body second = new Body().comes(40);
        first.stream.ends();
        second.stream.ends();
        Body third = new Body().comes(21);
        assertEquals(List.of("503"), third.ends);
        first.release.run();
        second.release.run();
    }
}
