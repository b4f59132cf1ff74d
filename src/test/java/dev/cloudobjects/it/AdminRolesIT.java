package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Administrators say what roles may do. */
class AdminRolesIT extends AdminFixture {

    private final String id = "r-" + UUID.randomUUID();

    private void permission(boolean enabled) {
        admin.call("sys/permissions.put", "id", id, "url", "it/sys/probe.*", "mode", "WILDCARD", "enabled", enabled)
                .ok();
    }

    private Client withRole() {
        permission(true);
        admin.call("sys/roles.put", "id", id, "permissions", texts(id)).ok();
        Client ann = Client.anonymous().register();
        admin.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(id)).ok();
        ann.call("it/sys/probe.hit").ok();
        return ann;
    }

    @Test
    void shouldOpenWhatTheySayAndCloseItAgain() {
        Client ann = withRole();
        try (Socket socket = ann.connect("it/sys/probe")) {
            permission(false);
            assertEquals(403, ann.call("it/sys/probe.hit").code());
            assertEquals(403, socket.event("error").getJsonObject("err").getInt("code"));
            assertEquals(4001, socket.closed().code());
        }
        assertOnRecord("COBJ6008I", admin, "permission=" + id, "outcome=\"disabled for it/sys/probe.* WILDCARD\"");
        assertOnRecord("COBJ6007I", admin, "role=" + id, "outcome=\"enabled with [" + id + "]\"");
    }

    @Test
    void shouldBeListedAndRemoved() {
        Client ann = withRole();
        JsonObject role = row("roles");
        assertEquals(texts(id), role.getJsonArray("permissions"));
        assertTrue(role.getBoolean("enabled"));
        assertEquals("it/sys/probe.*", row("permissions").getString("url"));
        assertEquals("WILDCARD", row("permissions").getString("mode"));
        admin.call("sys/roles.remove", "id", id).ok();
        assertEquals(403, ann.call("it/sys/probe.hit").code());
        assertRefused(admin.call("sys/roles.remove", "id", id), 404, "there is no role");
        admin.call("sys/permissions.remove", "id", id).ok();
        assertRefused(admin.call("sys/permissions.remove", "id", id), 404, "there is no permission");
    }

    private JsonObject row(String what) {
        // The row behind the largest id that is smaller.
        String before = id.substring(0, id.length() - 1);
        JsonObject row = admin.call("sys/" + what + ".list", "after", before, "limit", 1)
                .ok()
                .json()
                .getJsonArray("rows")
                .getJsonObject(0);
        assertEquals(id, row.getString("id"));
        return row;
    }
}
