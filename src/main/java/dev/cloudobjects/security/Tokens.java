package dev.cloudobjects.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.api.Code;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Issues and verifies login tokens: JSON Web Tokens, HS256, one key. Safe for use by many threads.
 *
 * <p>A verification covers signature, time and device id. Callers check the login session.
 */
public final class Tokens {

    /** The {@code iss} of each token. */
    public static final String ISSUER = "cloud-objects";

    private static final int LONGEST = 8192;
    /** Above this number the claim is left out, because servers limit the size of the header that carries the token. */
    private static final int MOST_PERMISSIONS = 64;

    private final String keyId;
    private final MACSigner signer;
    private final MACVerifier verifier;
    private final InstantSource clock;

    /**
     * Creates an issuer.
     *
     * @param key at least 256 bits
     * @throws IllegalArgumentException if the key is shorter
     */
    public Tokens(SecretKey key, InstantSource clock) {
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the key can't sign tokens: " + e.getMessage(), e);
        }
        this.keyId = KeyIds.of(key);
        this.clock = clock;
    }

    /** Issues the token with these claims. Equal claims give equal tokens. */
    public String issue(TokenClaims claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .jwtID(claims.tokenId())
                .issueTime(Date.from(claims.issuedAt()))
                .expirationTime(Date.from(claims.expiresAt()))
                .claim("uid", claims.uid())
                .claim("sid", claims.sessionId())
                .claim("role", List.copyOf(new TreeSet<>(claims.roles())));
        if (claims.permissions().size() <= MOST_PERMISSIONS) {
            set.claim("permission", List.copyOf(new TreeSet<>(claims.permissions())));
        }
        if (claims.deviceId() != null) {
            set.claim("did", claims.deviceId());
        }
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), set.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 failed under a key that was accepted for it", e);
        }
        return token.serialize();
    }

    /**
     * Verifies a token.
     *
     * @param token the token of the request
     * @param deviceId the device id of the request; {@code null} without one. A token that is bound to a device id is
     *     valid with that id only
     */
    public Verdict check(String token, @Nullable String deviceId) {
        if (token.length() > LONGEST) {
            return new Refused(Code.TOKEN_INVALID);
        }
        TokenClaims claims;
        try {
            SignedJWT parsed = CanonicalJwt.parse(token);
            JWSHeader header = parsed.getHeader();
            if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    || !keyId.equals(header.getKeyID())
                    || !parsed.verify(verifier)
                    || !ISSUER.equals(parsed.getJWTClaimsSet().getIssuer())) {
                return new Refused(Code.TOKEN_INVALID);
            }
            claims = claims(parsed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The library throws a NullPointerException for some malformed tokens, such as one with the header null.
            return new Refused(Code.TOKEN_INVALID);
        }
        if (!clock.instant().isBefore(claims.expiresAt())) {
            return new Refused(Code.TOKEN_EXPIRED);
        }
        if (claims.deviceId() != null && !claims.deviceId().equals(deviceId)) {
            return new Refused(Code.TOKEN_OTHER_DEVICE);
        }
        return new Good(claims);
    }

    /** The result of a verification. */
    public sealed interface Verdict {}

    /** The token is valid. */
    public record Good(TokenClaims claims) implements Verdict {}

    /** The token is not valid. */
    public record Refused(Code code) implements Verdict {}

    private static TokenClaims claims(JWTClaimsSet set) throws ParseException {
        return new TokenClaims(
                present("uid", set.getStringClaim("uid")),
                present("sid", set.getStringClaim("sid")),
                present("jti", set.getJWTID()),
                set.getStringClaim("did"),
                strings(set, "role"),
                strings(set, "permission"),
                present("iat", set.getIssueTime()).toInstant(),
                present("exp", set.getExpirationTime()).toInstant());
    }

    private static Set<String> strings(JWTClaimsSet set, String name) throws ParseException {
        List<String> values = set.getStringListClaim(name);
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private static <T> T present(String name, @Nullable T value) throws ParseException {
        if (value == null) {
            throw new ParseException("no " + name, 0);
        }
        return value;
    }
}
