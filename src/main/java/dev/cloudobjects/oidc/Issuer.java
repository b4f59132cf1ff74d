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
 * Who issues the tokens, and how they are read.
 *
 * @param name {@code iss} of every token, and the base of the issuer's own description
 * @param audiences one of them must be in {@code aud}
 * @param keys where the keys are; {@code null} when the issuer's description says it
 * @param uidClaim the claim that a user is known by
 * @param usernameClaim the claim that is shown as the username
 * @param nicknameClaim the claim that is shown as the nickname
 * @param rolesClaim the claim with the roles; empty when roles are kept here
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

    /** What is configured. @throws IllegalArgumentException naming the key that is missing or wrong */
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

    /** Where the issuer describes itself. */
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

    /** An address that can be trusted to be the one it says. */
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
