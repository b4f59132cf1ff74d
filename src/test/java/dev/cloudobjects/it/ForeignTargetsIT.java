package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.AuditTrail;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user may do to himself, and not to others: the demo's chat, as the specification's page calls it. */
class ForeignTargetsIT extends FromOutside {

    private static final String CHAT = "template/web-socket/web-socket";

    private final Client ann = Client.anonymous().register();
    private final Client bob = Client.anonymous().register();

    private void assertRefused(String method, String name, String value, String onRecord) {
        Reply refused = bob.call(CHAT + method, name, value);
        assertEquals(403, refused.status());
        assertEquals(403, refused.code());
        assertEquals("access denied", refused.msg());
        List<String> lines = AuditTrail.lines("COBJ6004I", "request=\"" + refused.text("requestId") + "\"");
        assertEquals(1, lines.size(), lines::toString);
        String line = lines.get(0);
        assertTrue(line.contains("user=\"" + bob.uid() + "\""), line);
        assertTrue(line.contains("call=\"http " + CHAT + method + "\""), line);
        assertTrue(line.contains("target=\"" + onRecord + "\""), line);
        assertFalse(line.contains("\n"), line);
    }

    @Test
    void shouldBeRefusedAndPutOnRecord() {
        AuditTrail.listen();
        try (Socket socket = ann.connect(CHAT)) {
            assertRefused(".close", "cid", socket.cid(), "cid=" + socket.cid());
            assertRefused(".close", "user_id", ann.uid(), "user_id=" + ann.uid());
            assertRefused(".forceLogout", "cid", socket.cid(), "cid=" + socket.cid());
            assertRefused(".forceLogout", "user_id", ann.uid(), "user_id=" + ann.uid());
            assertRefused(
                    ".forceLogout",
                    "user_id",
                    "x\" user=\"root\nCOBJ6001I: forged",
                    "user_id=x\\\" user=\\\"root\\u000aCOBJ6001I: forged");
            socket.send(Client.json("groupId", "001", "content", "still here"));
            assertEquals("still here", socket.object().getString("content"));
        }
        ann.call(CHAT + ".test").ok();
        assertEquals(List.of(), AuditTrail.lines("COBJ6001I", "forged"));
    }

    @Test
    void shouldBeAllowedToWhomTheRoleAllowsIt() {
        AuditTrail.listen();
        Client helper = Identities.withRole("EXACT", true, List.of(CHAT + ".close"));
        try (Socket socket = ann.connect(CHAT)) {
            helper.call(CHAT + ".close", "cid", socket.cid()).ok();
            assertEquals(4000, socket.closed().code());
            List<String> lines = AuditTrail.lines("COBJ6001I", "cid=" + socket.cid() + " of user " + ann.uid());
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("user=\"" + helper.uid() + "\""), lines::toString);
        }
    }

    @Test
    void shouldBeRefusedForAnotherUsersConnectionInOnesOwnName() {
        try (Socket socket = ann.connect(CHAT)) {
            Reply refused = bob.call(CHAT + ".close", "user_id", bob.uid(), "cid", socket.cid());
            assertEquals(403, refused.code());
            refused = bob.call(CHAT + ".close", "user_id", ann.uid(), "cid", "nobody");
            assertEquals(403, refused.code());
        }
    }

    @Test
    void shouldLetAnAdministratorCloseTheConnectionsOfAUser() {
        Client admin = Identities.admin();
        try (Socket one = ann.connect(CHAT);
                Socket other = ann.connect(CHAT);
                Socket stays = admin.connect(CHAT)) {
            Reply closed = admin.call(CHAT + ".close", "user_id", ann.uid()).ok();
            assertEquals(2, closed.json().getInt("closed"));
            assertEquals(4000, one.closed().code());
            assertEquals(4000, other.closed().code());
            stays.send(Client.json("groupId", "001", "content", "still here"));
            assertEquals("still here", stays.object().getString("content"));
        }
    }

    @Test
    void shouldCloseOnesOwnConnectionsByOnesIdOrWithoutAnything() {
        for (Object[] whom : new Object[][] {{"user_id", ann.uid()}, {}}) {
            try (Socket socket = ann.connect(CHAT)) {
                assertEquals(1, ann.call(CHAT + ".close", whom).ok().json().getInt("closed"));
                assertEquals(4000, socket.closed().code());
            }
        }
    }

    @Test
    void shouldBeAllowedToOneself() {
        try (Socket socket = ann.connect(CHAT)) {
            ann.call(CHAT + ".close", "cid", socket.cid()).ok();
            assertEquals(4000, socket.closed().code());
        }
        try (Socket socket = ann.connect(CHAT)) {
            ann.call(CHAT + ".forceLogout", "user_id", ann.uid()).ok();
            socket.event("forceLogout");
            assertEquals(4002, socket.closed().code());
        }
        assertEquals(30202, ann.call(CHAT + ".test").code());
    }
}
