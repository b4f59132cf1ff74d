package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The objects of administrators: who may use them, what they do, and what is written down of it. */
class AdminIT extends AdminFixture {

    private static final List<String> METHODS = List.of(
            "users.find", "users.list", "users.ban", "users.unban", "users.setRoles",
            "roles.list", "roles.put", "roles.remove",
            "permissions.list", "permissions.put", "permissions.remove",
            "connections.list", "connections.find", "connections.close", "connections.forceLogout",
            "traces.begin", "traces.list", "traces.end");

    @Test
    void shouldBeForAdministratorsOnly() {
        Client ann = Client.anonymous().register();
        for (String method : METHODS) {
            assertEquals(30204, Client.anonymous().call("sys/" + method, "user", "bob").code());
            Reply refused = ann.call("sys/" + method, "user", "bob");
            assertRefused(refused, 403, "access denied");
            assertOnRecord(
                    "COBJ6004I",
                    ann,
                    "call=\"http sys/" + method + "\"",
                    "target=\"user=bob\"",
                    "request=\"" + refused.text("requestId") + "\"");
        }
    }

    @Test
    void shouldPutOnRecordWhoTriesToConnectToTheirObjects() {
        Client ann = Client.anonymous().register();
        assertEquals(403, ann.refusal("it/sys/probe"));
        assertOnRecord("COBJ6004I", ann, "call=\"websocket it/sys/probe.onWebsocketConnection\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "users.find | {} | id:",
                "users.find | {`id`:`a`,`username`:`b`} | id:",
                "users.find | {`id`:{`$ne`:``}} | id: expected a text",
                "users.find | {`username`:``} | username:",
                "users.list | {`limit`:0} | limit:",
                "users.list | {`limit`:1001} | limit:",
                "users.list | {`username`:{`$gt`:``}} | username: expected a text",
                "users.ban | {} | user:",
                "users.ban | {`user`:[`a`]} | user: expected a text",
                "users.setRoles | {`user`:`nobody`} | roles:",
                "users.setRoles | {`user`:`nobody`,`roles`:[7]} | expected a text",
                "users.setRoles | {`user`:`nobody`,`roles`:[``]} | roles:",
                "roles.put | {`permissions`:[]} | id:",
                "roles.put | {`id`:`admin`,`permissions`:[]} | id: the role admin",
                "roles.put | {`id`:`x`} | permissions:",
                "roles.put | {`id`:`x`,`permissions`:[`no such`]} | permissions: there is no permission 'no such'",
                "roles.remove | {`id`:`admin`} | id: the role admin",
                "permissions.put | {`id`:`x`} | url:",
                "permissions.put | {`id`:`x`,`url`:`(`,`mode`:`REGEX`} | url: not a regular expression",
                "permissions.put | {`id`:`x`,`url`:`a`,`mode`:`FUZZY`} | mode: expected one of",
                "connections.list | {`limit`:-1} | limit:",
                "traces.begin | {} | cid:",
                "traces.begin | {`cid`:`a`,`user`:`b`} | cid:",
                "traces.begin | {`cid`:`a`,`minutes`:0} | minutes:",
                "traces.begin | {`cid`:`a`,`minutes`:61} | minutes:",
                "traces.end | {} | id:",
                "connections.close | {} | cid:",
                "connections.close | {`cid`:`a`,`user`:`b`} | cid:",
                "connections.forceLogout | {} | cid:",
                "connections.forceLogout | {`user`:`a\\nb`} | user:",
            })
    void shouldSayWhatIsWrong(String method, String body, String part) {
        assertRefused(admin.post("/http/router/sys/" + method, body.replace('`', '"')), 400, part);
    }

    /** Without a body, which is no other case than an empty one. */
    @ParameterizedTest
    @CsvSource({
        "users.find, id:", "users.ban, user:", "users.unban, user:", "users.setRoles, user:", "roles.put, id:", "roles.remove, id:",
        "permissions.put, id:", "permissions.remove, id:", "connections.find, cid:", "connections.close, cid:",
        "connections.forceLogout, cid:"
    })
    void shouldSayWhatIsMissingWhereNothingIsSaid(String method, String part) {
        assertRefused(admin.post("/http/router/sys/" + method, ""), 400, part);
        assertRefused(admin.post("/http/router/sys/" + method, "null"), 400, part);
    }

    @Test
    void shouldSayWhatIsMissingToWhoeverLogsIn() {
        assertRefused(Client.anonymous().post("/http/router/user/pub/login", ""), 400, "username:");
        assertRefused(Client.anonymous().post("/http/router/user/pub/register", ""), 400, "username:");
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertRefused(admin.call("sys/connections.list", "url", "no/such"), 404, "url:");
        assertRefused(admin.call("sys/connections.find", "cid", "none"), 404, "cid:");
        assertRefused(admin.call("sys/users.ban", "user", "nobody"), 10002, "no such user");
        Client ann = Client.anonymous().register();
        assertRefused(
                admin.call("sys/users.setRoles", "user", ann.uid(), "roles", texts("no such")),
                400,
                "roles: there is no role 'no such'");
    }
}
