package dev.cloudobjects.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.MemorySpentTickets;
import dev.cloudobjects.security.Ticket;
import dev.cloudobjects.security.Tickets;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignedURLsTest {

    private static final Ticket TICKET = new Ticket("chat/room", null, null, false, null, null, Caller.Client.UNKNOWN);

    /** The address up to its query. */
    private static String address(String publicUrl, @Nullable String baseUrl) {
        ManualClock clock = new ManualClock();
        SignedURLs urls = new SignedURLs();
        urls.settings = new Settings(name ->
                name.equals("cloudobjects.public-url") ? Optional.of(publicUrl) : Optional.empty());
        urls.tickets = new Tickets(
                new SecretKeySpec(new byte[32], "HmacSHA256"),
                new MemorySpentTickets(),
                Duration.ofSeconds(30),
                clock::nanos);
        String address = urls.address(TICKET, baseUrl);
        return address.substring(0, address.indexOf('?'));
    }

    @Test
    void shouldBeWhereTheClientReachedTheApplication() {
        assertEquals("ws://here:9080/ws/chat/room", address("", "http://here:9080"));
        assertEquals("wss://here/cloud-objects/ws/chat/room", address("", "https://here/cloud-objects"));
    }

    @Test
    void shouldBeAtTheConfiguredAddressWhoeverAsks() {
        assertEquals("wss://chat.example/ws/chat/room", address("https://chat.example/", "http://here:9080/app"));
        assertEquals("wss://chat.example/a/b/ws/chat/room", address("https://chat.example/a/b", null));
        assertEquals("wss://chat.example/ws/chat/room", address("HTTPS://chat.example", null));
    }

    @Test
    void shouldNotBeGuessed() {
        CloudObjectException refusal = assertThrows(CloudObjectException.class, () -> address("", null));
        assertEquals(Code.UNAVAILABLE.value(), refusal.code());
    }
}
