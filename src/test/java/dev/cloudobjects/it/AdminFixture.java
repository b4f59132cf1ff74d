package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.AuditTrail;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Reply;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** An administrator, and what the audit log has of him. */
abstract class AdminFixture extends FromOutside {

    static final String OF_USERS = "it/kh.life";

    private static volatile @Nullable Client administrator;

    final Client admin = admin();

    /** One for all tests: each registration costs a password's hash. */
    private static synchronized Client admin() {
        Client known = administrator;
        if (known == null) {
            known = Identities.admin();
            administrator = known;
        }
        return known;
    }

    @BeforeEach
    void listen() {
        AuditTrail.listen();
    }

    static void assertRefused(Reply reply, int code, String part) {
        assertEquals(code, reply.code(), reply.text());
        assertTrue(reply.msg().contains(part), reply.text());
    }

    static void assertOnRecord(String id, Client who, String... parts) {
        List<String> lines = AuditTrail.lines(id, "user=\"" + who.uid() + "\"").stream()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .toList();
        assertEquals(1, lines.size(), () -> AuditTrail.lines(id, "").toString());
    }

    static JsonArray texts(String... texts) {
        return Json.createArrayBuilder(List.of(texts)).build();
    }
}
