package dev.cloudobjects.security;

import org.jspecify.annotations.Nullable;

/**
 * The caller of a method or event: the result of authentication, and the client's description of itself. Immutable.
 *
 * @param authentication the result of authentication
 * @param token the token of the request; {@code null} without one
 * @param client the client's description of itself, and its address
 */
public record Caller(Authentication authentication, @Nullable String token, Client client) {

    /** The login; {@code null} without one. */
    public @Nullable Login login() {
        return authentication instanceof Authentication.Authenticated accepted ? accepted.login() : null;
    }

    /** The user's id; {@code null} without a login. */
    public @Nullable String uid() {
        Login login = login();
        return login == null ? null : login.uid();
    }

    /** The same client with another result of authentication. */
    public Caller as(Authentication other) {
        return new Caller(other, token, client);
    }

    /** The same client with a renewed login. */
    public Caller renewed(Login login, String newToken) {
        return new Caller(new Authentication.Authenticated(login), newToken, client);
    }

    /** The same caller with a token, which belongs to the same user. */
    public Caller with(String shown) {
        return new Caller(authentication, shown, client);
    }

    /** The caller of internal calls: the server itself, without a login. */
    public static Caller server() {
        return new Caller(Authentication.ANONYMOUS, null, Client.UNKNOWN);
    }

    /**
     * What a client sends about itself, unverified, and its address. {@code null} where the client sends nothing.
     *
     * @param address the client's address, determined by the server
     */
    public record Client(
            @Nullable String appId,
            @Nullable String deviceId,
            @Nullable String platform,
            @Nullable String os,
            @Nullable String locale,
            @Nullable String userAgent,
            @Nullable String address) {

        /** A client without any description. */
        public static final Client UNKNOWN = new Client(null, null, null, null, null, null, null);
    }
}
