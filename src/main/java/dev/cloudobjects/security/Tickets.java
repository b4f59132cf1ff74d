package dev.cloudobjects.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Issues tickets, and accepts each one once. A ticket is a JWS (HS256), so it needs no storage; only the nonces of used
 * tickets are stored until they expire. Safe for use by many threads.
 *
 * <p>A ticket is valid only for the server start that issued it, which its claim {@code boot} names, because used tickets
 * of an earlier start are not known. Its times are relative to that start, so changes of the clock do not matter.
 */
public final class Tickets {

    private static final JOSEObjectType TYPE = new JOSEObjectType("ticket+jwt");
    private static final int RANDOM_BYTES = 16;

    private final JWSHeader header;
    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final SpentTickets spent;
    private final Duration life;
    private final LongSupplier nanos;
    private final long started;
    private final SecureRandom random = new SecureRandom();
    private final String boot;

    /**
     * Creates an issuer of tickets.
     *
     * @param life the lifetime of a ticket
     * @param nanos a monotonic clock, in nanoseconds
     */
    public Tickets(SecretKey key, SpentTickets spent, Duration life, LongSupplier nanos) {
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the key of the tickets can't be used", e);
        }
        this.header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(TYPE)
                .keyID(KeyIds.of(key))
                .build();
        this.spent = spent;
        this.life = life;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.boot = newId();
    }

    /** The id of the signing key. */
    public String keyId() {
        return header.getKeyID();
    }

    /** Issues a ticket. */
    public String issue(Ticket ticket) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .jwtID(newId())
                .claim("boot", boot)
                .claim("end", now() + life.toNanos())
                .claim("url", ticket.path())
                .claim("channel", ticket.channel())
                .claim("protocol", ticket.protocol())
                .claim("encrypt", ticket.encrypted() ? true : null)
                .claim("query", ticket.query())
                .claim("appid", ticket.client().appId())
                .claim("device", ticket.client().deviceId())
                .claim("platform", ticket.client().platform())
                .claim("os", ticket.client().os())
                .claim("locale", ticket.client().locale());
        Login login = ticket.login();
        if (login != null) {
            claims.subject(login.uid())
                    .claim("sid", login.sessionId())
                    .claim("tid", login.tokenId())
                    .claim("did", login.deviceId())
                    .claim("until", login.expiresAt().toEpochMilli());
        }
        SignedJWT jwt = new SignedJWT(header, claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("a ticket can't be signed", e);
        }
        return jwt.serialize();
    }

    /** Parses a ticket and verifies its signature, without using it; empty for any other text. */
    public Optional<Shown> read(String text) {
        try {
            SignedJWT jwt = CanonicalJwt.parse(text);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !TYPE.equals(jwt.getHeader().getType())
                    || !header.getKeyID().equals(jwt.getHeader().getKeyID())
                    || !jwt.verify(verifier)) {
                return Optional.empty();
            }
            return Optional.of(shown(jwt.getJWTClaimsSet()));
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The library throws a NullPointerException for some malformed tokens, such as one with the header null.
            return Optional.empty();
        }
    }

    /** Uses a ticket; returns false if it has expired, was used before, or is of an earlier start. */
    public boolean spend(Shown shown) {
        long now = now();
        return boot.equals(shown.boot) && now < shown.expires && spent.spend(shown.nonce, shown.expires, now);
    }

    /** The time since the start, in nanoseconds. */
    private long now() {
        return nanos.getAsLong() - started;
    }

    private String newId() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Shown shown(JWTClaimsSet claims) throws ParseException {
        Map<String, Object> all = claims.getClaims();
        Caller.Client client = new Caller.Client(
                text(all, "appid"), text(all, "device"), text(all, "platform"), text(all, "os"), text(all, "locale"), null, null);
        String uid = claims.getSubject();
        Login login = uid == null
                ? null
                : new Login(
                        uid,
                        claims.getStringClaim("sid"),
                        claims.getStringClaim("tid"),
                        claims.getStringClaim("did"),
                        Instant.ofEpochMilli(claims.getLongClaim("until")));
        Ticket ticket = new Ticket(
                claims.getStringClaim("url"),
                claims.getStringClaim("channel"),
                claims.getStringClaim("protocol"),
                Boolean.TRUE.equals(claims.getBooleanClaim("encrypt")),
                claims.getStringClaim("query"),
                login,
                client);
        return new Shown(
                ticket,
                claims.getJWTID(),
                claims.getStringClaim("boot"),
                claims.getLongClaim("end"));
    }

    private static @Nullable String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text ? text : null;
    }

    /** A ticket with a valid signature, which may have expired or been used. */
    public static final class Shown {
        private final Ticket ticket;
        private final String nonce;
        private final @Nullable String boot;
        private final long expires;

        private Shown(Ticket ticket, String nonce, @Nullable String boot, long expires) {
            this.ticket = ticket;
            this.nonce = nonce;
            this.boot = boot;
            this.expires = expires;
        }

        /** The content of the ticket. */
        public Ticket ticket() {
            return ticket;
        }
    }
}
