package dev.cloudobjects.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Crowd;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Faults of many connections at once. The size is that of the fault when {@code it.crowd} is {@code full}, as under the
 * profile {@code faults}, and a smaller one otherwise.
 */
class CrowdFaultsIT extends FromOutside {

    private static final boolean FULL = "full".equals(System.getProperty("it.crowd"));
    private static final Client CLIENT = Client.anonymous();

    @BeforeEach
    void startOver() {
        CLIENT.call("it/pub.crowd.reset").ok();
    }

    @Test
    void shouldForgetClientsThatAreKilledInMidBroadcast() {
        int rounds = FULL ? 20 : 4;
        int size = FULL ? 500 : 200;
        String news = "{\"news\":\"" + "x".repeat(1000) + "\"}";
        for (int round = 0; round < rounds; round++) {
            try (Crowd crowd = new Crowd("it/pub.crowd").grow(size)) {
                for (int i = 0; i < 40; i++) {
                    crowd.say(news);
                }
                crowd.awaitNews().kill();
            }
        }
        awaitNothingHeld();
        await().atMost(Duration.ofSeconds(40)).until(() -> count("went") == rounds * size);
        assertEquals(rounds * size, count("came"));
        assertEquals(0, count("twice"));
    }

    @Test
    void shouldUseNoMoreAfterManyConnectionsThanBefore() {
        int connections = FULL ? 100_000 : 4_000;
        // Enough for the caches of the database to be as full as they get.
        comeAndGo(FULL ? 20_000 : 2_000);
        awaitNothingHeld();
        JsonObject before = process();
        comeAndGo(connections);
        awaitNothingHeld();
        // The container lets its own objects of a connection go a little later than the application does.
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            JsonObject after = process();
            assertEquals(0, after.getInt("sessions"), "HTTP sessions were made");
            assertWithin(before, after, "descriptors", 1.05, 10);
            assertWithin(before, after, "threads", 1.05, 10);
            assertWithin(before, after, "heap", 1.05, 8 << 20);
        });
    }

    private static void comeAndGo(int connections) {
        int atOnce = 500;
        for (int done = 0; done < connections; done += atOnce) {
            new Crowd("it/pub.crowd").grow(atOnce).leave();
        }
    }

    private static void awaitNothingHeld() {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            JsonObject held = CLIENT.call("it/pub.state.connections").ok().json();
            for (String what : new String[] {"open", "tracked", "busyThreads", "queuedBytes", "rows"}) {
                assertEquals(0, held.getInt(what), what + " in " + held);
            }
        });
    }

    private static JsonObject process() {
        // What the object of the test remembers is not what is measured.
        CLIENT.call("it/pub.crowd.reset").ok();
        return CLIENT.call("it/pub.state.process").ok().json();
    }

    private static int count(String what) {
        return CLIENT.call("it/pub.crowd.counts").ok().json().getInt(what);
    }

    private static void assertWithin(JsonObject before, JsonObject after, String what, double factor, long slack) {
        double most = before.getJsonNumber(what).longValue() * factor + slack;
        assertTrue(after.getJsonNumber(what).longValue() <= most, what + " went from " + before + " to " + after);
    }
}
