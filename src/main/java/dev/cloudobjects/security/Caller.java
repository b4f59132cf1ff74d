package dev.cloudobjects.security;

import org.jspecify.annotations.Nullable;

/**
 * Who calls: the outcome of authentication, and what the client says of itself.
 *
 * @param authentication the outcome
 * @param token the token as it came; {@code null} when there was none
 * @param client the client's own words, and its address
 */
public record Caller(Authentication authentication, @Nullable String token, Client client) {

    /** The user, or {@code null} when nobody is logged in. */
    public @Nullable Login login() {
        return authentication instanceof Authentication.Authenticated accepted ? accepted.login() : null;
    }

    /** The user's id, or {@code null} when nobody is logged in. */
    public @Nullable String uid() {
        Login login = login();
        return login == null ? null : login.uid();
    }

    /** The same client with another outcome. */
    public Caller as(Authentication other) {
        return new Caller(other, token, client);
    }

    /** The same client with a newer login. */
    public Caller renewed(Login login, String newToken) {
        return new Caller(new Authentication.Authenticated(login), newToken, client);
    }

    /** The same caller, who has shown a token of the login's user. */
    public Caller with(String shown) {
        return new Caller(authentication, shown, client);
    }

    /** The server itself, for internal calls. */
    public static Caller server() {
        return new Caller(Authentication.ANONYMOUS, null, Client.UNKNOWN);
    }

    /**
     * What a client says of itself, {@code null} where it says nothing, and its address.
     *
     * @param address the client's address, as established by the server
     */
    public record Client(
            @Nullable String appId,
            @Nullable String deviceId,
            @Nullable String platform,
            @Nullable String os,
            @Nullable String locale,
            @Nullable String userAgent,
            @Nullable String address) {

        /** A client of which nothing is known. */
        public static final Client UNKNOWN = new Client(null, null, null, null, null, null, null);
    }
}
