package dev.cloudobjects.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifies tokens of the external issuer: signature, issuer, audience and time. Safe for use by many threads. */
final class ExternalTokenVerifier {

    /** The accepted difference between the issuer's clock and this server's. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** The maximum lifetime of a token; revocations are stored for this time. */
    static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final int LONGEST = 8192;
    /** The accepted types of tokens. Other signed texts of an issuer, such as logout tokens, are not accepted. */
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    private final Issuer issuer;
    private final IssuerKeys keys;
    private final InstantSource clock;

    ExternalTokenVerifier(Issuer issuer, IssuerKeys keys, InstantSource clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /** The result of a verification. */
    sealed interface Verdict {}

    /** The token is valid. */
    record Good(ExternalLogin login) implements Verdict {}

    /** The token is not valid. */
    record Refused(Code code) implements Verdict {}

    /**
     * Verifies a token.
     *
     * @throws CloudObjectException with code 503 if the key is unknown and the issuer can't be reached
     */
    Verdict check(String token) {
        if (token.length() > LONGEST) {
            return new Refused(Code.TOKEN_INVALID);
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            return isSigned(parsed) ? judged(parsed) : new Refused(Code.TOKEN_INVALID);
        } catch (CloudObjectException e) {
            throw e;
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The library throws a NullPointerException for some malformed tokens, such as one with the header null.
            return new Refused(Code.TOKEN_INVALID);
        }
    }

    private boolean isSigned(SignedJWT token) throws JOSEException {
        JWSHeader header = token.getHeader();
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            return false;
        }
        Optional<VerificationKey> key = keys.find(header.getKeyID() == null ? "" : header.getKeyID());
        return key.isPresent()
                && key.get().algorithm().equals(header.getAlgorithm())
                && token.verify(key.get().verifier());
    }

    private Verdict judged(SignedJWT token) throws ParseException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        Instant now = clock.instant();
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        boolean ours = issuer.name().toString().equals(claims.getIssuer())
                && !Collections.disjoint(claims.getAudience(), issuer.audiences());
        if (!ours || issued == null || expires == null || !hasBegun(claims, now)) {
            return new Refused(Code.TOKEN_INVALID);
        }
        Instant end = expires.toInstant().plus(SKEW);
        if (end.isAfter(now.plus(LONGEST_LIFE))) {
            return new Refused(Code.TOKEN_INVALID);
        }
        if (!now.isBefore(end)) {
            return new Refused(Code.TOKEN_EXPIRED);
        }
        Map<String, Object> all = claims.getClaims();
        Optional<String> uid = Claims.text(all, issuer.uidClaim());
        if (uid.isEmpty()) {
            return new Refused(Code.TOKEN_INVALID);
        }
        String tokenId = Claims.text(all, "jti").orElseGet(() -> digest(token));
        return new Good(new ExternalLogin(
                uid.get(),
                Claims.text(all, "sid").orElse(tokenId),
                tokenId,
                issued.toInstant(),
                end,
                new ExternalLogin.Profile(
                        Claims.text(all, issuer.usernameClaim()).orElse(null),
                        Claims.text(all, issuer.nicknameClaim()).orElse(null),
                        issuer.rolesClaim().isEmpty() ? null : Claims.names(all, issuer.rolesClaim()))));
    }

    private static boolean hasBegun(JWTClaimsSet claims, Instant now) {
        Instant latest = now.plus(SKEW);
        Date begin = claims.getNotBeforeTime();
        return !claims.getIssueTime().toInstant().isAfter(latest) && (begin == null || !begin.toInstant().isAfter(latest));
    }

    /** A digest of the signed content only: several signatures can exist for one content. */
    private static String digest(SignedJWT token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getSigningInput());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
