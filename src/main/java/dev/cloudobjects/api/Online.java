package dev.cloudobjects.api;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is online, or away for a while, in the field names of {@code vk-ws-connection}.
 *
 * @param id the connection's id ({@code cid})
 * @param addTime when it was accepted, in milliseconds since 1970
 * @param path the path of its cloud object ({@code url})
 * @param channel its channel
 * @param userId its user, or {@code null}
 * @param deviceId its device, or {@code null}
 * @param appid its application, or {@code null}
 * @param groups the groups it has joined
 * @param encrypted whether it has an encrypted channel between client and server, beneath any TLS: then every message of it
 *     is encrypted, in both directions, from the first one on
 * @param away whether its client has lost the socket and may come back: what is sent to it is kept until then
 * @param attributes what the application keeps about it: see {@link WebSocketManage#attributes}
 */
public record Online(
        @JsonbProperty("_id") String id,
        @JsonbProperty("_add_time") long addTime,
        @JsonbProperty("url") String path,
        String channel,
        @JsonbProperty("user_id") @Nullable String userId,
        @JsonbProperty("device_id") @Nullable String deviceId,
        @Nullable String appid,
        Set<String> groups,
        boolean encrypted,
        boolean away,
        JsonObject attributes) {

    /**
     * Some of the connections online, in the order of their ids.
     *
     * @param rows the connections
     * @param next what to give as {@code after} for the page that follows; {@code null} on the last page
     */
    public record Page(java.util.List<Online> rows, @Nullable String next) {}
}
