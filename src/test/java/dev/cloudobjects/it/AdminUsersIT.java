package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Administrators look after accounts. */
class AdminUsersIT extends AdminFixture {

    private final Client ann = Client.anonymous().register();

    @Test
    void shouldBeFoundByIdAndByName() {
        for (String[] by : List.of(new String[] {"id", ann.uid()}, new String[] {"username", ann.username()})) {
            JsonObject user = admin.call("sys/users.find", by[0], by[1]).ok().json().getJsonObject("user");
            assertEquals(ann.uid(), user.getString("_id"));
            assertEquals(ann.username(), user.getString("username"));
            assertTrue(user.keySet().stream().noneMatch(name -> name.startsWith("password") || name.startsWith("token")));
        }
        assertOnRecord("COBJ6009I", admin, "target=\"user=" + ann.uid() + "\"");
        assertRefused(admin.call("sys/users.find", "id", "nobody"), 10002, "no such user");
    }

    @Test
    void shouldBeListedPageByPage() {
        String start = "L" + UUID.randomUUID().toString().substring(0, 8).replace('-', '_');
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(Client.anonymous().register(start + i).username());
        }
        List<String> seen = new ArrayList<>();
        JsonValue after = JsonValue.NULL;
        do {
            JsonObject page = admin.call("sys/users.list", "username", start, "limit", 2, "after", after).ok().json();
            page.getJsonArray("rows").getValuesAs(JsonObject.class).forEach(row -> seen.add(row.getString("username")));
            after = page.get("next");
        } while (after != null && after != JsonValue.NULL);
        assertEquals(names, seen);
    }

    @Test
    void shouldBeBannedAtOnceAndLetInAgain() {
        try (Socket socket = ann.connect(OF_USERS)) {
            admin.call("sys/users.ban", "user", ann.uid()).ok();
            JsonObject event = socket.event("invalidToken");
            assertEquals(10001, event.getJsonObject("err").getInt("code"));
            assertEquals(4003, socket.closed().code());
        }
        assertEquals(10001, ann.call("it/kh/probe.hit").code());
        assertOnRecord("COBJ6005I", admin, "target=\"user=" + ann.uid() + "\"", "outcome=\"DISABLED\"");
        admin.call("sys/users.unban", "user", ann.uid()).ok();
        ann.call("it/kh/probe.hit").ok();
        assertRefused(admin.call("sys/users.unban", "user", ann.uid()), 400, "not banned");
        assertOnRecord("COBJ6005I", admin, "target=\"user=" + ann.uid() + "\"", "outcome=\"NORMAL\"");
    }

    @Test
    void shouldGetAndLoseRolesAtOnce() {
        String role = Identities.role("WILDCARD", true, List.of("it/sys/probe.*"));
        assertEquals(403, ann.call("it/sys/probe.hit").code());
        admin.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(role)).ok();
        ann.call("it/sys/probe.hit").ok();
        try (Socket socket = ann.connect("it/sys/probe")) {
            admin.call("sys/users.setRoles", "user", ann.uid(), "roles", texts()).ok();
            assertEquals(403, socket.event("error").getJsonObject("err").getInt("code"));
            assertEquals(4001, socket.closed().code());
        }
        assertEquals(403, ann.call("it/sys/probe.hit").code());
        assertOnRecord("COBJ6006I", admin, "target=\"user=" + ann.uid() + "\"", "outcome=\"[] to [" + role + "]\"");
    }

    @Test
    void shouldNotBeBannedOrStrippedByThemselves() {
        assertRefused(admin.call("sys/users.ban", "user", admin.uid()), 400, "user:");
        assertRefused(admin.call("sys/users.setRoles", "user", admin.uid(), "roles", texts()), 400, "user:");
        admin.call("sys/users.find", "id", admin.uid()).ok();
    }

    @Test
    void shouldBeBeyondAPermissionWhenTheyAreAdministrators() {
        Client helper = Identities.withRole("WILDCARD", true, List.of("sys/*"));
        helper.call("sys/users.ban", "user", ann.uid()).ok();
        helper.call("sys/users.unban", "user", ann.uid()).ok();
        assertRefused(helper.call("sys/users.ban", "user", admin.uid()), 403, "administrator");
        assertRefused(helper.call("sys/users.setRoles", "user", admin.uid(), "roles", texts("admin")), 403, "administrator");
        assertRefused(helper.call("sys/users.setRoles", "user", ann.uid(), "roles", texts("admin")), 403, "administrator");
        assertRefused(helper.call("sys/users.setRoles", "user", helper.uid(), "roles", texts("admin")), 403, "administrator");
        assertRefused(
                helper.call("sys/permissions.put", "id", "mine", "url", "*", "mode", "WILDCARD"), 403, "administrator");
        assertRefused(helper.call("sys/roles.put", "id", "mine", "permissions", texts()), 403, "administrator");
        assertRefused(helper.call("sys/roles.remove", "id", "mine"), 403, "administrator");
        assertRefused(helper.call("sys/permissions.remove", "id", "mine"), 403, "administrator");
    }

    @Test
    void shouldHandOnNoMoreThanTheyMayDoThemselves() {
        String own = Identities.role("WILDCARD", true, List.of("sys/users.*"));
        String everything = Identities.role("WILDCARD", true, List.of("*"));
        String little = Identities.role("EXACT", true, List.of());
        Client helper = Client.anonymous().register();
        admin.call("sys/users.setRoles", "user", helper.uid(), "roles", texts(own)).ok();
        String why = "permits more";
        assertRefused(helper.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(everything)), 403, why);
        assertOnRecord("COBJ6004I", helper, "outcome=\"only an administrator gives or takes a role", everything);
        helper.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(own, little)).ok();
        helper.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(own)).ok();
        admin.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(own, everything)).ok();
        assertRefused(helper.call("sys/users.setRoles", "user", ann.uid(), "roles", texts(own)), 403, why);
        assertRefused(
                helper.call("sys/users.setRoles", "user", helper.uid(), "roles", texts(own, little)), 403, "his own roles");
    }
}
