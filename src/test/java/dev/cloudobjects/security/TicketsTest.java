package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.session.Stress;
import dev.cloudobjects.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {

    private static final SecretKey KEY = key(1);
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Ticket BARE =
            new Ticket("chat/room", null, null, false, null, null, Caller.Client.UNKNOWN);
    private static final Ticket FULL = new Ticket(
            "chat/room",
            "a channel",
            "cloudobjects.v1",
            true,
            "{\"groups\":[\"001\",\"界\"]}",
            new Login("ann", "s", "t", "phone", Instant.ofEpochMilli(1_800_000_900_123L)),
            new Caller.Client("app", "phone", "web", "linux", "zh-Hans", null, null));

    private final ManualClock clock = new ManualClock();
    private final MemorySpentTickets spent = new MemorySpentTickets();
    private final Tickets tickets = new Tickets(KEY, spent, LIFE, clock::nanos);

    private static SecretKey key(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    @Test
    void shouldTellTheIdOfItsKey() throws Exception {
        assertEquals(SignedJWT.parse(tickets.issue(BARE)).getHeader().getKeyID(), tickets.keyId());
    }

    /** Takes a ticket as a handshake does. */
    private static Optional<Ticket> redeem(Tickets tickets, String text) {
        return tickets.read(text).filter(tickets::spend).map(Tickets.Shown::ticket);
    }

    @Nested
    class Redeeming {

        @Test
        void shouldGiveBackAllThatWasBound() {
            assertEquals(Optional.of(FULL), redeem(tickets, tickets.issue(FULL)));
            assertEquals(Optional.of(BARE), redeem(tickets, tickets.issue(BARE)));
        }

        @Test
        void shouldNotBindAnAddress() {
            Caller.Client at = new Caller.Client("app", null, null, null, null, "agent", "192.0.2.1");
            Ticket back = redeem(tickets, tickets.issue(new Ticket("p", null, null, false, null, null, at)))
                    .orElseThrow();
            assertEquals(new Caller.Client("app", null, null, null, null, null, null), back.client());
        }

        @Test
        void shouldWorkOnce() {
            String ticket = tickets.issue(BARE);
            assertTrue(redeem(tickets, ticket).isPresent());
            assertFalse(redeem(tickets, ticket).isPresent());
        }

        @Test
        void shouldWorkForExactlyOneOfAHundredAtOnce() throws Exception {
            String ticket = tickets.issue(BARE);
            AtomicInteger taken = new AtomicInteger();
            Stress.race(new Random(), Collections.nCopies(100, () -> {
                if (redeem(tickets, ticket).isPresent()) {
                    taken.incrementAndGet();
                }
            }));
            assertEquals(1, taken.get());
        }

        @Test
        void shouldMakeEachTicketAnother() {
            String first = tickets.issue(BARE);
            String second = tickets.issue(BARE);
            assertNotEquals(first, second);
            assertTrue(redeem(tickets, first).isPresent());
            assertTrue(redeem(tickets, second).isPresent());
        }
    }

    @Nested
    class Expiry {

        @Test
        void shouldWorkUntilTheLastMillisecond() {
            String ticket = tickets.issue(BARE);
            clock.advance(LIFE.minusMillis(1));
            assertTrue(redeem(tickets, ticket).isPresent());
        }

        @Test
        void shouldNotWorkFromItsEndOn() {
            String ticket = tickets.issue(BARE);
            clock.advance(LIFE);
            assertFalse(redeem(tickets, ticket).isPresent());
        }
    }

    @Nested
    class Forgery {

        @Test
        void shouldBeRefusedWhateverByteIsChanged() {
            String ticket = tickets.issue(FULL);
            for (int i = 0; i < ticket.length(); i++) {
                for (char other : new char[] {'A', 'B', '_', '.', '!'}) {
                    String forged = ticket.substring(0, i) + other + ticket.substring(i + 1);
                    assertTrue(forged.equals(ticket) || redeem(tickets, forged).isEmpty(), forged);
                }
            }
            assertTrue(redeem(tickets, ticket).isPresent(), "the tries have not spent it");
        }

        @Test
        void shouldBeRefusedOnceHoweverItsLastCharacterIsWritten() {
            String ticket = tickets.issue(BARE);
            assertTrue(redeem(tickets, ticket).isPresent());
            for (char other = '0'; other <= 'z'; other++) {
                assertFalse(redeem(tickets, ticket.substring(0, ticket.length() - 1) + other).isPresent());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "a.b.c", "x", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.", "[].[].[]", "bnVsbA.bnVsbA.bnVsbA"})
        void shouldBeRefusedWhereThereIsNoTicket(String text) {
            assertFalse(redeem(tickets, text).isPresent());
        }

        @Test
        void shouldBeRefusedFromAnotherKey() {
            Tickets others = new Tickets(key(2), spent, LIFE, clock::nanos);
            assertFalse(redeem(tickets, others.issue(BARE)).isPresent());
        }

        @Test
        void shouldBeRefusedWithoutASignature() throws Exception {
            SignedJWT good = SignedJWT.parse(tickets.issue(BARE));
            assertFalse(redeem(tickets, new PlainJWT(good.getJWTClaimsSet()).serialize()).isPresent());
            String[] parts = good.serialize().split("\\.");
            assertFalse(redeem(tickets, parts[0] + "." + parts[1] + ".").isPresent());
        }

        @Test
        void shouldBeRefusedAsAnotherKindOfToken() throws Exception {
            JWTClaimsSet claims = SignedJWT.parse(tickets.issue(BARE)).getJWTClaimsSet();
            assertFalse(redeem(tickets, signed(new JWSHeader(JWSAlgorithm.HS256), claims)).isPresent());
            JWSHeader token = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
            assertFalse(redeem(tickets, signed(token, claims)).isPresent());
        }

        @Test
        void shouldBeRefusedWithAnotherAlgorithm() throws Exception {
            byte[] longer = new byte[64];
            System.arraycopy(KEY.getEncoded(), 0, longer, 0, 32);
            SecretKey strong = new SecretKeySpec(longer, "HmacSHA512");
            JWTClaimsSet claims = SignedJWT.parse(tickets.issue(BARE)).getJWTClaimsSet();
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS512).type(new JOSEObjectType("ticket+jwt")).build(), claims);
            forged.sign(new MACSigner(strong));
            assertFalse(redeem(tickets, forged.serialize()).isPresent());
        }

        @Test
        void shouldBeRefusedWhenMovedToAnotherObject() {
            String[] parts = tickets.issue(BARE).split("\\.");
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            assertTrue(claims.contains("room"));
            String moved = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(claims.replace("room", "vips").getBytes(StandardCharsets.UTF_8));
            assertFalse(redeem(tickets, parts[0] + "." + moved + "." + parts[2]).isPresent());
        }

        private static String signed(JWSHeader header, JWTClaimsSet claims) throws Exception {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new MACSigner(KEY));
            return jwt.serialize();
        }
    }

    @Nested
    class Memory {

        @Test
        void shouldRefuseTheTicketsOfAnEarlierStart() {
            String taken = tickets.issue(BARE);
            redeem(tickets, taken);
            String kept = tickets.issue(BARE);
            Tickets restarted = new Tickets(KEY, new MemorySpentTickets(), LIFE, clock::nanos);
            assertFalse(redeem(restarted, taken).isPresent());
            assertFalse(redeem(restarted, kept).isPresent());
            assertTrue(redeem(restarted, restarted.issue(BARE)).isPresent());
        }

        @Test
        void shouldForgetTicketsThatHaveExpiredLongAgo() {
            for (int second = 0; second < 1000; second++) {
                for (int i = 0; i < 10; i++) {
                    assertTrue(redeem(tickets, tickets.issue(BARE)).isPresent());
                }
                clock.advance(Duration.ofSeconds(1));
            }
            assertTrue(spent.size() <= 10 * (30 + 60 + 3), "it keeps " + spent.size());
        }

        @Test
        void shouldRememberATicketForAThreadThatReadTheTimeLongAgo() {
            long second = Duration.ofSeconds(1).toNanos();
            assertTrue(spent.spend("a", 30 * second, 0));
            assertTrue(spent.spend("b", 60 * second, 31 * second));
            assertFalse(spent.spend("a", 30 * second, 29 * second));
        }
    }

    @Test
    void shouldNotCarryTheLifeOfATokenInItsPlace() {
        Ticket short1 = new Ticket("p", null, null, false, null, FULL.login(), FULL.client());
        clock.advance(Duration.ofHours(1));
        assertEquals(FULL.login(), redeem(tickets, tickets.issue(short1)).orElseThrow().login());
        assertTrue(Date.from(clock.instant()).after(Date.from(FULL.login().expiresAt())), "whoever redeems it checks the login");
    }
}
