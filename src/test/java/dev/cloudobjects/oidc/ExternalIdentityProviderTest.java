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
import dev.cloudobjects.time.ManualClock;
import dev.cloudobjects.users.AccountStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExternalIdentityProviderTest {

    private static final RSAKey KEY = TestIssuer.newKey();
    private static final String ISSUER = "https://issuer.example";

    private final ManualClock clock = new ManualClock();
    private final MemoryExternalUserStore store = new MemoryExternalUserStore();
    private final List<String> changes = new ArrayList<>();
    private final ExternalIdentityProvider users = users();

    private ExternalIdentityProvider users() {
        Issuer issuer = new Issuer(URI.create(ISSUER), Set.of("us"), null, "sub", "login", "name", "roles");
        IssuerKeys keys = new IssuerKeys(ISSUER, () -> new JWKSet(KEY.toPublicJWK()), clock::nanos);
        return new ExternalIdentityProvider(
                new ExternalTokenVerifier(issuer, keys, clock),
                store,
                roles -> new Grants(roles, List.of()),
                clock,
                clock::nanos,
                change -> changes.add(change.uid()));
    }

    private String token(String uid, String session, String... roles) {
        return token(clock.instant(), uid, session, roles);
    }

    private String token(Instant issued, String uid, String session, String... roles) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("us")
                .subject(uid)
                .claim("sid", session)
                .claim("name", "Name of " + uid)
                .claim("roles", List.of(roles))
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plusSeconds(300)))
                .build();
        return TestIssuer.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), claims, KEY);
    }

    private Login accepted(String token) {
        return assertInstanceOf(Authentication.Authenticated.class, users.authenticate(token, "a device")).login();
    }

    private void refused(Code code, String token) {
        assertEquals(new Authentication.Rejected(code), users.authenticate(token, null));
    }

    private void gone(Code code, Login login) {
        assertEquals(new Authentication.Rejected(code), users.revalidate(login));
    }

    @Test
    void shouldKnowWhoeverTheIssuerKnows() {
        Login login = accepted(token("ann", "s1", "admin"));
        assertEquals("ann", login.uid());
        assertEquals(new Authentication.Authenticated(login), users.revalidate(login));
        assertEquals(Set.of("admin"), users.grants("ann").roles());
        assertEquals("Name of ann", users.find("ann").orElseThrow().nickname());
        assertEquals(Optional.empty(), users.find("ben"));
        assertEquals(Grants.NONE, users.grants("ben"));
        assertEquals(Optional.empty(), users.renewIfDue(login));
    }

    @Test
    void shouldTakeRolesFromTheNewestToken() {
        String before = token("ann", "s1", "admin");
        accepted(before);
        clock.advance(Duration.ofSeconds(1));
        accepted(token("ann", "s2"));
        assertEquals(Set.of(), users.grants("ann").roles());
        accepted(before);
        assertEquals(Set.of(), users.grants("ann").roles(), "an old token brings nothing back");
    }

    @Test
    void shouldEndWithTheToken() {
        String token = token("ann", "s1");
        accepted(token);
        clock.advance(Duration.ofSeconds(360));
        refused(Code.TOKEN_EXPIRED, token);
    }

    @Test
    void shouldEndAllLoginsAndLetTheUserComeBackWithANewToken() {
        String token = token("ann", "s1");
        Login login = accepted(token);
        users.revokeAll("ann", () -> {});
        gone(Code.TOKEN_REVOKED, login);
        refused(Code.TOKEN_REVOKED, token);
        clock.advance(Duration.ofSeconds(1));
        accepted(token("ann", "s1"));
        assertEquals(List.of("ann"), changes);
    }

    @Test
    void shouldEndLoginsOfAnIssuerWhoseClockIsAhead() {
        accepted(token("ann", "s1"));
        // Nothing else is new about her in it.
        String later = token(clock.instant().plusSeconds(50), "ann", "s2");
        Login ahead = accepted(later);
        users.revokeAll("ann", () -> {});
        gone(Code.TOKEN_REVOKED, ahead);
        refused(Code.TOKEN_REVOKED, later);
        clock.advance(Duration.ofSeconds(60));
        accepted(token("ann", "s3"));
    }

    @Test
    void shouldWriteOnceForEachNewTokenAndNothingForOneThatWasSeen() {
        String first = token("ann", "s1");
        accepted(first);
        accepted(first);
        assertEquals(1, store.written);
        clock.advance(Duration.ofSeconds(1));
        String second = token("ann", "s2");
        accepted(second);
        accepted(second);
        accepted(first);
        assertEquals(2, store.written, "though it says the same");
        String ahead = token(clock.instant().plusSeconds(50), "ann", "s3");
        accepted(ahead);
        accepted(ahead);
        assertEquals(3, store.written);
    }

    @Test
    void shouldNotTakeRolesFromAnOlderTokenThatIsShownLater() {
        accepted(token("ann", "s1"));
        clock.advance(Duration.ofSeconds(50));
        String promoted = token("ann", "s2", "admin");
        clock.advance(Duration.ofSeconds(50));
        // Says the same as the first one.
        accepted(token("ann", "s3"));
        accepted(promoted);
        assertEquals(Set.of(), users.grants("ann").roles());
    }

    @Test
    void shouldEndLoginsOfWhoIsAwayAndWasNeverSeen() {
        String token = token("ann", "s1");
        users.revokeAll("ann", () -> {});
        refused(Code.TOKEN_REVOKED, token);
    }

    @Test
    void shouldEndOneSession() {
        String one = token("ann", "s1");
        Login first = accepted(one);
        Login second = accepted(token("ann", "s2"));
        users.revokeSession("ann", "s1");
        gone(Code.TOKEN_REVOKED, first);
        refused(Code.TOKEN_REVOKED, one);
        assertEquals(new Authentication.Authenticated(second), users.revalidate(second));
        clock.advance(Duration.ofSeconds(10));
        refused(Code.TOKEN_REVOKED, token("ann", "s1"));
        assertEquals(List.of("ann"), changes);
    }

    @Test
    void shouldEndAllRatherThanForgetOneThatWasEnded() {
        Login other = accepted(token("ann", "other"));
        for (int i = 0; i < 100; i++) {
            users.revokeSession("ann", "s" + i);
        }
        assertEquals(new Authentication.Authenticated(other), users.revalidate(other));
        users.revokeSession("ann", "one more");
        gone(Code.TOKEN_REVOKED, other);
    }

    @Test
    void shouldRefuseWhoIsBannedHere() {
        Login login = accepted(token("ann", "s1"));
        store.status("ann", AccountStatus.DISABLED);
        users.forget("ann");
        gone(Code.ACCOUNT_DISABLED, login);
        refused(Code.ACCOUNT_DISABLED, token("ann", "s2"));
    }

    @Test
    void shouldSeeWhatOthersChangedWithinTwoSeconds() {
        Login login = accepted(token("ann", "s1"));
        store.status("ann", AccountStatus.DISABLED);
        assertEquals(new Authentication.Authenticated(login), users.revalidate(login));
        clock.advance(Duration.ofSeconds(2));
        gone(Code.ACCOUNT_DISABLED, login);
    }

    @Test
    void shouldReadManyAtOnce() {
        for (int i = 0; i < 100; i++) {
            accepted(token("u" + i, "s"));
        }
        clock.advance(Duration.ofSeconds(2));
        int before = store.finds;
        users.refresh(List.of("u0", "u1", "u2"));
        assertTrue(users.find("u0").isPresent() && users.find("u2").isPresent());
        assertEquals(before + 1, store.finds);
    }
}
