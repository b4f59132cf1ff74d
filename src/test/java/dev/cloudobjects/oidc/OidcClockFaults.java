package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.it.client.TestIssuer;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.ClockFault;
import dev.cloudobjects.time.ManualClock;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Users of an external issuer while the time of day is set. */
public final class OidcClockFaults {

    private static final RSAKey KEY = TestIssuer.newKey();
    private static final String ISSUER = "https://issuer.example";

    private OidcClockFaults() {}

    /** All of them. */
    public static List<ClockFault> all() {
        return List.of(
                new ClockFault(IssuerKeys.class, "keys are asked for when they are old", OidcClockFaults::keys),
                new ClockFault(ExternalTokenVerifier.class, "a token is good where the clocks agree", OidcClockFaults::token),
                new ClockFault(ExternalIdentityProvider.class, "a login stays good, and a logout ends it", OidcClockFaults::login));
    }

    private static IssuerKeys issuerKeys(ManualClock clock, AtomicInteger asked) {
        return new IssuerKeys(
                ISSUER,
                () -> {
                    asked.incrementAndGet();
                    return new JWKSet(KEY.toPublicJWK());
                },
                clock::nanos);
    }

    private static ExternalTokenVerifier tokens(ManualClock clock) {
        Issuer issuer = new Issuer(URI.create(ISSUER), Set.of("us"), null, "sub", "login", "name", "");
        return new ExternalTokenVerifier(issuer, issuerKeys(clock, new AtomicInteger()), clock);
    }

    private static String issued(Instant at) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("us")
                .subject("ann")
                .claim("sid", "s" + at)
                .issueTime(Date.from(at))
                .expirationTime(Date.from(at.plusSeconds(300)))
                .build();
        return TestIssuer.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), claims, KEY);
    }

    private static void keys(ManualClock clock, Runnable set) {
        AtomicInteger asked = new AtomicInteger();
        IssuerKeys keys = issuerKeys(clock, asked);
        assertTrue(keys.find(KEY.getKeyID()).isPresent());
        set.run();
        clock.advance(IssuerKeys.FRESH.minusNanos(1));
        assertTrue(keys.find(KEY.getKeyID()).isPresent());
        assertEquals(1, asked.get());
        set.run();
        clock.advance(IssuerKeys.FRESH);
        assertTrue(keys.find(KEY.getKeyID()).isPresent());
        assertEquals(2, asked.get());
    }

    private static void token(ManualClock clock, Runnable set) {
        ExternalTokenVerifier tokens = tokens(clock);
        Instant before = clock.instant();
        set.run();
        assertInstanceOf(ExternalTokenVerifier.Good.class, tokens.check(issued(clock.instant())));
        ExternalTokenVerifier.Refused refused =
                assertInstanceOf(ExternalTokenVerifier.Refused.class, tokens.check(issued(before)), "an hour is no tolerance");
        assertEquals(clock.instant().isAfter(before) ? Code.TOKEN_EXPIRED : Code.TOKEN_INVALID, refused.code());
        set.run();
        assertInstanceOf(ExternalTokenVerifier.Good.class, tokens.check(issued(clock.instant())));
    }

    private static void login(ManualClock clock, Runnable set) {
        ExternalIdentityProvider users = new ExternalIdentityProvider(
                tokens(clock),
                new MemoryExternalUserStore(),
                roles -> new Grants(roles, List.of()),
                clock,
                clock::nanos,
                change -> {});
        Login login = assertInstanceOf(
                        Authentication.Authenticated.class, users.authenticate(issued(clock.instant()), null))
                .login();
        set.run();
        assertInstanceOf(Authentication.Authenticated.class, users.revalidate(login));
        set.run();
        assertInstanceOf(Authentication.Authenticated.class, users.revalidate(login));
        users.revokeAll("ann", () -> {});
        assertEquals(new Authentication.Rejected(Code.TOKEN_REVOKED), users.revalidate(login));
    }
}
