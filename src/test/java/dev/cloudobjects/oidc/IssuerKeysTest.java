package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.it.client.TestIssuer;
import dev.cloudobjects.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private static final RSAKey ONE = TestIssuer.newKey();
    private static final RSAKey TWO = TestIssuer.newKey();
    private static final RSAKey THREE = TestIssuer.newKey();

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<JWK> served = List.of(ONE.toPublicJWK(), TWO.toPublicJWK());
    private volatile boolean away;
    private final IssuerKeys keys = new IssuerKeys("the issuer", this::serve, clock::nanos);

    private JWKSet serve() throws IOException {
        asked.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        return new JWKSet(served);
    }

    private boolean knows(RSAKey key) {
        return keys.find(key.getKeyID()).isPresent();
    }

    private void assertUnavailable(RSAKey key) {
        assertEquals(503, assertThrows(CloudObjectException.class, () -> keys.find(key.getKeyID())).code());
    }

    @Test
    void shouldAskWhenTheFirstTokenComesAndNotAgainSoon() {
        assertEquals(0, asked.get());
        assertTrue(knows(ONE));
        assertTrue(knows(TWO));
        clock.advance(IssuerKeys.FRESH.minusSeconds(1));
        assertTrue(knows(ONE));
        assertEquals(1, asked.get());
        clock.advance(Duration.ofSeconds(1));
        assertTrue(knows(ONE));
        assertEquals(2, asked.get());
    }

    @Test
    void shouldFindANewKeyButNotAskForEachNameThatATokenMakesUp() {
        assertTrue(knows(ONE));
        served = List.of(TWO.toPublicJWK(), THREE.toPublicJWK());
        for (int i = 0; i < 100; i++) {
            assertFalse(keys.find("made up " + i).isPresent());
            assertFalse(knows(THREE));
        }
        assertEquals(1, asked.get());
        clock.advance(IssuerKeys.PAUSE);
        assertTrue(knows(THREE));
        assertEquals(2, asked.get());
        assertFalse(knows(ONE), "it was withdrawn");
    }

    @Test
    void shouldSayThatItCannotTellWhileTheIssuerIsAway() {
        away = true;
        for (int i = 0; i < 10; i++) {
            assertUnavailable(ONE);
        }
        assertEquals(1, asked.get());
        away = false;
        clock.advance(IssuerKeys.PAUSE_AFTER_FAILURE);
        assertTrue(knows(ONE));
    }

    @Test
    void shouldGoOnForADayWithTheKeysThatItHas() {
        assertTrue(knows(ONE));
        away = true;
        clock.advance(IssuerKeys.FRESH);
        assertTrue(knows(ONE));
        assertUnavailable(THREE);
        clock.advance(IssuerKeys.USABLE.minus(IssuerKeys.FRESH).minusSeconds(1));
        assertTrue(knows(ONE));
        clock.advance(Duration.ofSeconds(1));
        assertUnavailable(ONE);
    }

    @Test
    void shouldSurviveNonsense() {
        IssuerKeys broken = new IssuerKeys(
                "broken",
                () -> {
                    throw new IllegalStateException("nonsense");
                },
                clock::nanos);
        assertEquals(503, assertThrows(CloudObjectException.class, () -> broken.find("x")).code());
        served = List.of();
        assertUnavailable(ONE);
    }

    @Test
    void shouldTakeTheOnlyKeyForATokenThatNamesNone() {
        assertFalse(keys.find("").isPresent());
        served = List.of(ONE.toPublicJWK());
        clock.advance(IssuerKeys.PAUSE);
        assertTrue(keys.find("").isPresent());
    }

    @Test
    void shouldNotHoldUpTokensOfKnownKeysWhileOneAsks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        IssuerKeys slow = new IssuerKeys(
                "slow",
                () -> {
                    if (times.incrementAndGet() > 1) {
                        begun.countDown();
                        await(release);
                    }
                    return new JWKSet(served);
                },
                clock::nanos);
        assertTrue(slow.find(ONE.getKeyID()).isPresent());
        clock.advance(IssuerKeys.FRESH);
        CompletableFuture<Boolean> asking = CompletableFuture.supplyAsync(() -> slow.find(ONE.getKeyID()).isPresent());
        begun.await();
        assertTrue(slow.find(TWO.getKeyID()).isPresent());
        release.countDown();
        assertTrue(asking.join());
        assertEquals(2, times.get());
    }

    @Test
    void shouldKeepFewThreadsWaitingWhoeverNamesKeys() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        IssuerKeys slow = new IssuerKeys(
                "slow",
                () -> {
                    begun.countDown();
                    await(release);
                    return new JWKSet(served);
                },
                clock::nanos);
        ExecutorService strangers = Executors.newCachedThreadPool();
        List<Future<Boolean>> answers = new ArrayList<>();
        answers.add(strangers.submit(() -> slow.find(ONE.getKeyID()).isPresent()));
        begun.await();
        for (int i = 0; i < 50; i++) {
            answers.add(strangers.submit(() -> slow.find(ONE.getKeyID()).isPresent()));
        }
        Awaitility.await().until(() -> answers.stream().filter(answer -> !answer.isDone()).count() == 3);
        release.countDown();
        int known = 0;
        for (Future<Boolean> answer : answers) {
            try {
                known += answer.get() ? 1 : 0;
            } catch (ExecutionException e) {
                assertEquals(503, ((CloudObjectException) e.getCause()).code());
            }
        }
        strangers.shutdown();
        assertEquals(3, known, "one fetched, two waited for it");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
