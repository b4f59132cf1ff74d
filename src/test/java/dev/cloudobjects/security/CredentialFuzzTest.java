package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** No text but the one that was issued is a ticket or a token, and none does harm. */
class CredentialFuzzTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final SecretKey KEY = key();
    private static final Tickets TICKETS =
            new Tickets(KEY, new MemorySpentTickets(), Duration.ofSeconds(30), () -> 1);
    private static final Tokens TOKENS = new Tokens(KEY, () -> NOW);
    private static final String TICKET = TICKETS.issue(
            new Ticket("chat/room", "red", "cloudobjects.v1", false, "{\"a\":1}", null, Caller.Client.UNKNOWN));
    private static final String TOKEN = TOKENS.issue(
            new TokenClaims("u", "s", "t", null, Set.of(), Set.of(), NOW, NOW.plusSeconds(7200)));

    private static SecretKey key() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    @FuzzTest
    void shouldTakeNoOther(byte[] changes) {
        check(text(changes));
        check(changed(TICKET, changes));
        check(changed(TOKEN, changes));
    }

    private static void check(String text) {
        assertEquals(text.equals(TICKET), TICKETS.read(text).isPresent(), text);
        assertEquals(text.equals(TOKEN), TOKENS.check(text, null) instanceof Tokens.Good, text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What was issued, with places put, left out or put in: three bytes are a place, what is done there, and a character. */
    private static String changed(String issued, byte[] changes) {
        StringBuilder text = new StringBuilder(issued);
        for (int i = 0; i + 2 < changes.length && text.length() > 0; i += 3) {
            int at = (changes[i] & 0xff) * text.length() / 256;
            char put = (char) (changes[i + 2] & 0xff);
            switch (changes[i + 1] & 3) {
                case 0 -> text.setCharAt(at, put);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, put);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
