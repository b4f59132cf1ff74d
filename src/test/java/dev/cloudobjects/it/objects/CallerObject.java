package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CallInfo;
import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.CloudObjects;
import dev.cloudobjects.api.Kh;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says who calls it, and how. */
@CloudObject("it/pub.caller")
public class CallerObject {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    CallInfo call;

    @Inject
    UserInfo user;

    @Inject
    CloudObjects objects;

    @Inject
    Guarded guarded;

    /** What the server knows of the caller. */
    public record Seen(
            @Nullable String caller,
            @Nullable String cid,
            String source,
            @Nullable String address,
            @Nullable String token,
            @Nullable String appId,
            @Nullable String deviceId,
            @Nullable String platform,
            @Nullable String os,
            @Nullable String locale,
            @Nullable String userAgent) {}

    /** What the server knows of the call. */
    public record SeenCall(String url, String objectPath, String methodName, JsonValue params, boolean http) {}

    public Seen who() {
        return new Seen(
                client.uid(),
                client.cid(),
                client.source().wireName(),
                client.clientIP(),
                client.uniIdToken(),
                client.appId(),
                client.deviceId(),
                client.platform(),
                client.os(),
                client.locale(),
                client.userAgent());
    }

    public SeenCall what() {
        return new SeenCall(
                call.url(),
                call.objectPath(),
                call.methodName(),
                call.params(),
                call.httpInfo().isPresent());
    }

    /** The HTTP request, as far as an application may see it. */
    public CallInfo.HttpInfo http() {
        return call.httpInfo().orElseThrow();
    }

    /** The user's row, through both ways to it. */
    public Map<String, Object> row() {
        UserInfo same = client.userInfo();
        return Map.of(
                "id", user.id(),
                "username", user.username(),
                "nickname", String.valueOf(user.nickname()),
                "display", user.displayName(),
                "role", Set.copyOf(user.role()),
                "row", user.toJson(),
                "same", same != null && same.id().equals(user.id()));
    }

    /** Whoever asks over a socket hears it over that socket. */
    public void onWebsocketConnection() {
        ws.reply(Map.of("who", who(), "what", what()));
    }

    public void onWebsocketMessage() {
        onWebsocketConnection();
    }

    // From server code

    /** Calls itself through the server. */
    public Result within() {
        return objects.call("it/pub.caller.who", null);
    }

    /** Calls what only administrators may, as the server does. */
    public Result beyond() {
        return objects.call("it/sys/probe.hit", null);
    }

    /** Reaches a guarded bean directly: as the caller. */
    public String guarded() {
        return guarded.secret();
    }

    /** Fails in a nested call. */
    public int nestedFailure() {
        try {
            objects.call("it/pub.after.nosuch", null);
            return 0;
        } catch (CloudObjectException e) {
            return e.code();
        }
    }

    /** Acts for the server, within a call of somebody's. */
    public String runAs() throws Exception {
        return objects.runAs(Source.TIMING, guarded::secret);
    }

    /** A bean that is no cloud object, and guarded all the same. */
    @ApplicationScoped
    public static class Guarded {

        @Kh
        public String secret() {
            return "secret";
        }
    }
}
