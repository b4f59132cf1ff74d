package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.it.client.TestIssuer;
import dev.cloudobjects.oidc.ExternalTokenVerifier.Good;
import dev.cloudobjects.oidc.ExternalTokenVerifier.Refused;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalTokenVerifierTest {

    private static final RSAKey KEY = TestIssuer.newKey();
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String ISSUER = "https://issuer.example/realm";

    private final Issuer issuer = new Issuer(
            URI.create(ISSUER), Set.of("us", "ours"), null, "sub", "preferred_username", "name", "realm.roles");
    private final ExternalTokenVerifier tokens = tokens(issuer);

    private static ExternalTokenVerifier tokens(Issuer issuer) {
        return new ExternalTokenVerifier(
                issuer, new IssuerKeys(ISSUER, () -> new JWKSet(KEY.toPublicJWK()), () -> 1), () -> NOW);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("ours")
                .subject("ann")
                .jwtID("t1")
                .issueTime(at(-10))
                .expirationTime(at(300));
    }

    private static Date at(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID());
    }

    private static String token(JWTClaimsSet.Builder claims) {
        return TestIssuer.sign(header().build(), claims.build(), KEY);
    }

    private ExternalLogin good(JWTClaimsSet.Builder claims) {
        return ((Good) tokens.check(token(claims))).login();
    }

    private void refused(Code code, String token) {
        assertEquals(new Refused(code), tokens.check(token));
    }

    private void refused(Code code, UnaryOperator<JWTClaimsSet.Builder> change) {
        refused(code, token(change.apply(claims())));
    }

    @Nested
    class What {

        @Test
        void shouldReadAGoodOne() {
            ExternalLogin login = good(claims()
                    .claim("sid", "s1")
                    .claim("preferred_username", "ann@example")
                    .claim("name", "Ann")
                    .claim("realm", Map.of("roles", List.of("admin", "chief", 7))));
            assertEquals("ann", login.uid());
            assertEquals("s1", login.sessionId());
            assertEquals("t1", login.tokenId());
            assertEquals(NOW.minusSeconds(10), login.issuedAt());
            assertEquals(NOW.plusSeconds(360), login.expiresAt());
            assertEquals(new ExternalLogin.Profile("ann@example", "Ann", Set.of("admin", "chief")), login.profile());
            assertEquals(login.issuedAt(), ExternalLogin.issuedAt(login.login()));
        }

        @Test
        void shouldDoWithLittle() {
            ExternalLogin login = good(claims().jwtID(null));
            assertEquals(22, login.tokenId().length());
            assertEquals(login.tokenId(), login.sessionId());
            assertEquals(new ExternalLogin.Profile(null, null, Set.of()), login.profile());
        }

        @Test
        void shouldGiveOtherTokensOtherIds() {
            assertEquals(2, Set.of(
                            good(claims().jwtID(null)).tokenId(),
                            good(claims().jwtID(null).claim("x", 1)).tokenId())
                    .size());
        }

        @Test
        void shouldReadClaimsByNameAndByPath() {
            Issuer other = new Issuer(
                    URI.create(ISSUER), Set.of("us"), null, "user.id", "https://x.example/name", "name", "");
            ExternalLogin login = ((Good) tokens(other)
                            .check(token(claims()
                                    .audience("us")
                                    .claim("user", Map.of("id", "u7"))
                                    .claim("https://x.example/name", "dotted"))))
                    .login();
            assertEquals("u7", login.uid());
            assertEquals(new ExternalLogin.Profile("dotted", null, null), login.profile());
        }

        @Test
        void shouldReadRolesFromAText() {
            assertEquals(
                    Set.of("a", "b"), good(claims().claim("realm.roles", " a  b ")).profile().roles());
        }

        @Test
        void shouldIgnoreNamesThatCannotBeShown() {
            ExternalLogin login = good(claims().claim("preferred_username", "a\nb").claim("name", "x".repeat(256)));
            assertEquals(new ExternalLogin.Profile(null, null, Set.of()), login.profile());
        }
    }

    @Nested
    class Time {

        @Test
        void shouldBearClocksThatAreAMinuteApart() {
            good(claims().expirationTime(at(-59)));
            refused(Code.TOKEN_EXPIRED, claims -> claims.expirationTime(at(-60)));
            good(claims().issueTime(at(60)).notBeforeTime(at(60)));
            refused(Code.TOKEN_INVALID, claims -> claims.issueTime(at(61)));
            refused(Code.TOKEN_INVALID, claims -> claims.notBeforeTime(at(61)));
        }

        @Test
        void shouldRefuseOneThatDoesNotSayItsTimes() {
            refused(Code.TOKEN_INVALID, claims -> claims.expirationTime(null));
            refused(Code.TOKEN_INVALID, claims -> claims.issueTime(null));
        }

        @Test
        void shouldRefuseOneThatLivesTooLong() {
            long days = Duration.ofDays(30).toSeconds();
            good(claims().expirationTime(at(days - 60)));
            refused(Code.TOKEN_INVALID, claims -> claims.expirationTime(at(days - 59)));
        }
    }

    @Nested
    class Whose {

        @Test
        void shouldRefuseThoseOfOthersAndForOthers() {
            refused(Code.TOKEN_INVALID, claims -> claims.issuer("https://issuer.example/other"));
            refused(Code.TOKEN_INVALID, claims -> claims.issuer(null));
            refused(Code.TOKEN_INVALID, claims -> claims.audience("theirs"));
            refused(Code.TOKEN_INVALID, claims -> claims.audience(List.of()));
            good(claims().audience(List.of("theirs", "us")));
        }

        @Test
        void shouldRefuseOneOfNobody() {
            refused(Code.TOKEN_INVALID, claims -> claims.subject(null));
            refused(Code.TOKEN_INVALID, claims -> claims.subject(" "));
            refused(Code.TOKEN_INVALID, claims -> claims.subject("x".repeat(256)));
        }
    }

    @Nested
    class Signature {

        @Test
        void shouldRefuseAnotherKeyUnderTheSameName() {
            RSAKey other = TestIssuer.newKey();
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header().build(), claims().build(), other));
        }

        @Test
        void shouldRefuseAnUnknownKey() {
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header().keyID("unknown").build(), claims().build(), KEY));
        }

        @Test
        void shouldTakeTheOnlyKeyWhenNoneIsNamed() {
            JWSHeader bare = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
            assertEquals(Good.class, tokens.check(TestIssuer.sign(bare, claims().build(), KEY)).getClass());
        }

        @ParameterizedTest
        @ValueSource(strings = {"RS384", "RS512", "PS256"})
        void shouldRefuseAnotherAlgorithmThanThatOfTheKey(String algorithm) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(KEY.getKeyID()).build();
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header, claims().build(), KEY));
        }

        @Test
        void shouldRefuseThePublicKeyAsASecret() throws Exception {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build(), claims().build());
            forged.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
            refused(Code.TOKEN_INVALID, forged.serialize());
        }

        @Test
        void shouldRefuseNone() {
            refused(Code.TOKEN_INVALID, new PlainJWT(claims().build()).serialize());
        }

        @Test
        void shouldNotTakeAKeyFromTheToken() {
            RSAKey own = TestIssuer.newKey();
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build();
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header, claims().build(), own));
        }

        @Test
        void shouldRefuseWhatItMustUnderstandAndDoesNot() {
            JWSHeader header = header().criticalParams(Set.of("x")).customParam("x", 1).build();
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header, claims().build(), KEY));
        }

        @ParameterizedTest
        @ValueSource(strings = {"logout+jwt", "ticket+jwt", "dpop+jwt"})
        void shouldRefuseWhatIsNoTokenToLogInWith(String type) {
            JWSHeader header = header().type(new JOSEObjectType(type)).build();
            refused(Code.TOKEN_INVALID, TestIssuer.sign(header, claims().build(), KEY));
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt"})
        void shouldTakeTheTypesOfTokens(String type) {
            JWSHeader header = header().type(new JOSEObjectType(type)).build();
            assertEquals(Good.class, tokens.check(TestIssuer.sign(header, claims().build(), KEY)).getClass());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "..", "a.b.c", "bnVsbA.e30.e30", "e30.e30.e30"})
        void shouldRefuseNonsense(String text) {
            refused(Code.TOKEN_INVALID, text);
        }

        private static final String BASE64URL =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        @Test
        void shouldRefuseEveryChange() {
            String token = token(claims());
            for (int i = 0; i < token.length(); i++) {
                refused(Code.TOKEN_INVALID, token.substring(0, i) + other(token.charAt(i)) + token.substring(i + 1));
            }
            refused(Code.TOKEN_INVALID, "x".repeat(8193));
        }

        /** Another character, whose highest bit differs: the lowest ones of a part's last character mean nothing. */
        private static char other(char character) {
            int at = BASE64URL.indexOf(character);
            return at < 0 ? 'A' : BASE64URL.charAt(at ^ 32);
        }
    }

    @Test
    void shouldSayThatItCannotTellWhileTheIssuerIsAway() {
        ExternalTokenVerifier lost = new ExternalTokenVerifier(
                issuer,
                new IssuerKeys(
                        ISSUER,
                        () -> {
                            throw new IOException("away");
                        },
                        () -> 1),
                () -> NOW);
        assertEquals(503, assertThrows(CloudObjectException.class, () -> lost.check(token(claims()))).code());
    }
}
