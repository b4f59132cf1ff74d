package dev.cloudobjects.it.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.UUID;

/** Clients of all kinds, made with the help of the test object {@code it/pub.users}. */
public final class Identities {

    private static final Client ADMINISTRATION = Client.anonymous();

    private Identities() {}

    /** The same client with a token of its session that is good for so many seconds only. */
    public static Client shortened(Client client, int seconds) {
        return client.withToken(ADMINISTRATION
                .call("it/pub.users.shorten", "token", client.token(), "seconds", seconds)
                .ok()
                .text("token"));
    }

    /** The same client, after its session has ended. */
    public static Client loggedOut(Client client) {
        client.call("user/pub/logout").ok();
        return client;
    }

    /** The same client, after its account was disabled. */
    public static Client banned(Client client) {
        status(client, "DISABLED");
        return client;
    }

    /** Disables an account, or makes it {@code NORMAL} again. */
    public static void status(Client client, String status) {
        ADMINISTRATION.call("it/pub.users.status", "user", client.uid(), "status", status).ok();
    }

    /** Writes a number into a field of the user's row, behind the server's back. */
    public static void byHand(Client client, String field, int value) {
        byHand("uni-id-users", "_id", client.uid(), field, "number", value);
    }

    /** Writes texts into a field of the user's row, behind the server's back. */
    public static void byHand(Client client, String field, List<String> value) {
        byHand("uni-id-users", "_id", client.uid(), field, "texts", Json.createArrayBuilder(value).build());
    }

    /** Takes all permissions from the roles of a user, behind the server's back. */
    public static void rolesByHand(Client client) {
        JsonArray roles = client.call("it/pub.caller.row").ok().json().getJsonObject("row").getJsonArray("role");
        for (JsonString role : roles.getValuesAs(JsonString.class)) {
            byHand("uni-id-roles", "role_id", role.getString(), "permission", "texts", JsonValue.EMPTY_JSON_ARRAY);
        }
    }

    private static void byHand(String table, String key, String id, String field, String kind, Object value) {
        ADMINISTRATION
                .call("it/pub.users.byHand", "table", table, "key", key, "id", id, "field", field, kind, value)
                .ok();
    }

    /** A new user with the role {@code admin}. */
    public static Client admin() {
        Client client = Client.anonymous().register();
        roles(client, "admin");
        return client;
    }

    /** A new user with a role that opens urls, matched as {@code EXACT}, {@code WILDCARD} or {@code REGEX}. */
    public static Client withRole(String mode, boolean enabled, List<String> urls) {
        String role = role(mode, enabled, urls);
        Client client = Client.anonymous().register();
        roles(client, role);
        return client;
    }

    /** A new role that opens urls. */
    public static String role(String mode, boolean enabled, List<String> urls) {
        String role = "role-" + UUID.randomUUID();
        ADMINISTRATION
                .call(
                        "it/pub.users.role",
                        "id", role,
                        "urls", Json.createArrayBuilder(urls).build(),
                        "mode", mode,
                        "enabled", enabled)
                .ok();
        return role;
    }

    /** Gives these roles to a user, and takes all others. */
    public static void roles(Client client, String... roles) {
        ADMINISTRATION
                .call(
                        "it/pub.users.roles",
                        "user", client.uid(),
                        "roles", Json.createArrayBuilder(List.of(roles)).build())
                .ok();
    }
}
