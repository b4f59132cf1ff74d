package dev.cloudobjects.api;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and from where. Inject it; it speaks of the call in progress on this thread.
 *
 * <p>Only {@link #uid()}, {@link #cid()}, {@link #encrypted()}, {@link #source()}, {@link #clientIP()} and
 * {@link #userInfo()} are established by the server. The rest is what the client says of itself, {@code null} where it says nothing.
 *
 * <p>Every method throws {@link IllegalStateException} outside a call.
 */
public interface ClientInfo {

    /** The logged-in user's id, or {@code null}. */
    @Nullable String uid();

    /** The id of the WebSocket connection that the call came through, or {@code null}. It is never an authority. */
    @Nullable String cid();

    /**
     * Whether the data of this call came through an encrypted channel, which nobody between the client and this server can
     * read, the TLS endpoint included. A connection either has such a channel from its first message on or never, so this is
     * also true of the events of a connection that carry no message. It is false for calls over HTTP, which TLS alone
     * protects, and for calls of server code.
     */
    boolean encrypted();

    /** The path through which the call came in. */
    Source source();

    /** The address of the client; behind a configured proxy, the one that the proxy names. */
    @Nullable String clientIP();

    /** The user's row without token and password, read once per call, or {@code null} when nobody is logged in. */
    @Nullable UserInfo userInfo();

    /** What the filters of this call returned, merged in their order. Never null, empty when nothing was returned. */
    JsonObject filterResponse();

    /** The token that the call carried, or {@code null}. */
    @Nullable String uniIdToken();

    /** The application's id ({@code vk-appid}). */
    @Nullable String appId();

    /** The device's id ({@code vk-device-id}). */
    @Nullable String deviceId();

    /** The platform ({@code vk-platform}), for example {@code web}, {@code h5} or {@code mp-weixin}. */
    @Nullable String platform();

    /** The operating system ({@code vk-os}). */
    @Nullable String os();

    /** The language ({@code vk-locale}), for example {@code zh-Hans}. */
    @Nullable String locale();

    /** The {@code User-Agent} header. */
    @Nullable String userAgent();
}
