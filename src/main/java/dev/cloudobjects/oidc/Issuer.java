package dev.cloudobjects.oidc;

import dev.cloudobjects.config.Key;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the external issuer. Immutable.
 *
 * @param name the URL of the issuer: {@code iss} of each token, and the base of the discovery document
 * @param audiences the accepted audiences: one of them must be in {@code aud}
 * @param keys the URL of the keys; {@code null} if the discovery document names it
 * @param uidClaim the claim with the uid
 * @param usernameClaim the claim with the username
 * @param nicknameClaim the claim with the nickname
 * @param rolesClaim the claim with the roles; empty if administrators of this server assign roles
 */
record Issuer(
        URI name,
        Set<String> audiences,
        @Nullable URI keys,
        String uidClaim,
        String usernameClaim,
        String nicknameClaim,
        String rolesClaim) {

    Issuer {
        audiences = Set.copyOf(audiences);
    }

    /** Reads the settings. @throws IllegalArgumentException naming a missing or invalid setting */
    static Issuer of(Settings settings) {
        if (settings.get(Keys.OIDC_AUDIENCE).isEmpty()) {
            throw new IllegalArgumentException(Keys.OIDC_AUDIENCE.name()
                    + " is missing: without it, a token that was issued for another application would be good here");
        }
        return new Issuer(
                address(settings, Keys.OIDC_ISSUER),
                Set.copyOf(settings.get(Keys.OIDC_AUDIENCE)),
                settings.get(Keys.OIDC_KEYS).isEmpty() ? null : address(settings, Keys.OIDC_KEYS),
                settings.get(Keys.OIDC_UID_CLAIM),
                settings.get(Keys.OIDC_USERNAME_CLAIM),
                settings.get(Keys.OIDC_NICKNAME_CLAIM),
                settings.get(Keys.OIDC_ROLES_CLAIM));
    }

    /** The URL of the discovery document. */
    URI description() {
        String base = name.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + ".well-known/openid-configuration");
    }

    private static URI address(Settings settings, Key<String> key) {
        try {
            return checked(settings.get(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key.name() + " = '" + settings.get(key) + "' is not valid: " + e.getMessage(), e);
        }
    }

    /** Parses a URL of {@code https}, or of {@code http} on this machine. */
    static URI checked(String text) {
        URI uri = URI.create(text);
        boolean secure = "https".equals(uri.getScheme());
        if (uri.getHost() == null || !(secure || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())))) {
            throw new IllegalArgumentException("expected https://…, or http://… on this machine");
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        boolean literal = host.equals("localhost") || host.startsWith("127.") || host.startsWith("[");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
