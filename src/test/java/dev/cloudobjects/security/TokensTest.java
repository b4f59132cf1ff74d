package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.api.Code;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final SecretKey KEY = key(1);
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final TokenClaims ANY_DEVICE = claims(null);
    private static final TokenClaims ON_PHONE = claims("phone");

    private Instant time = NOW;
    private final Tokens tokens = new Tokens(KEY, () -> time);

    @Test
    void shouldAcceptItsOwnTokens() {
        assertEquals(new Tokens.Good(ANY_DEVICE), tokens.check(tokens.issue(ANY_DEVICE), null));
        assertEquals(new Tokens.Good(ANY_DEVICE), tokens.check(tokens.issue(ANY_DEVICE), "any"));
        assertEquals(new Tokens.Good(ON_PHONE), tokens.check(tokens.issue(ON_PHONE), "phone"));
    }

    @Test
    void shouldRefuseAHeaderOfNull() {
        assertEquals(new Tokens.Refused(Code.TOKEN_INVALID), tokens.check("bnVsbA.bnVsbA.bnVsbA", null));
    }

    @Test
    void shouldWriteAStandardToken() throws Exception {
        SignedJWT token = SignedJWT.parse(tokens.issue(ON_PHONE));
        assertEquals(JWSAlgorithm.HS256, token.getHeader().getAlgorithm());
        assertFalse(token.getHeader().getKeyID().isBlank());
        assertEquals(
                Set.of("iss", "jti", "iat", "exp", "uid", "sid", "did", "role", "permission"),
                token.getJWTClaimsSet().getClaims().keySet());
        assertEquals("cloud-objects", token.getJWTClaimsSet().getIssuer());
        assertEquals(List.of("a", "b"), token.getJWTClaimsSet().getStringListClaim("role"));
    }

    @Test
    void shouldGiveTheSameTokenForTheSameClaims() {
        assertEquals(tokens.issue(ON_PHONE), tokens.issue(claims("phone")));
    }

    @Test
    void shouldLeaveOutPermissionsThatWouldMakeItTooLong() throws Exception {
        Set<String> many = IntStream.range(0, 65).mapToObj(i -> "p" + i).collect(Collectors.toSet());
        TokenClaims claims = new TokenClaims("u", "s", "t", null, Set.of(), many, NOW, NOW.plusSeconds(60));
        String token = tokens.issue(claims);
        assertFalse(SignedJWT.parse(token).getJWTClaimsSet().getClaims().containsKey("permission"));
        assertTrue(tokens.check(token, null) instanceof Tokens.Good);
        many.remove("p0");
        TokenClaims fewer = new TokenClaims("u", "s", "t", null, Set.of(), many, NOW, NOW.plusSeconds(60));
        assertTrue(SignedJWT.parse(tokens.issue(fewer)).getJWTClaimsSet().getClaims().containsKey("permission"));
    }

    @Test
    void shouldExpireToTheSecond() {
        String token = tokens.issue(ANY_DEVICE);
        time = ANY_DEVICE.expiresAt().minusMillis(1);
        assertTrue(tokens.check(token, null) instanceof Tokens.Good);
        time = ANY_DEVICE.expiresAt();
        assertEquals(new Tokens.Refused(Code.TOKEN_EXPIRED), tokens.check(token, null));
    }

    @Test
    void shouldRefuseAnotherDevice() {
        String token = tokens.issue(ON_PHONE);
        assertEquals(new Tokens.Refused(Code.TOKEN_OTHER_DEVICE), tokens.check(token, "tablet"));
        assertEquals(new Tokens.Refused(Code.TOKEN_OTHER_DEVICE), tokens.check(token, null));
    }

    @Test
    void shouldRefuseATokenWithoutASignature() {
        assertInvalid(new PlainJWT(complete().build()).serialize());
        String signed = tokens.issue(ANY_DEVICE);
        assertInvalid(signed.substring(0, signed.lastIndexOf('.') + 1));
    }

    @Test
    void shouldRefuseAnAlteredToken() {
        String token = tokens.issue(ANY_DEVICE);
        int middle = token.indexOf('.') + 10;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        assertInvalid(token.substring(0, middle) + other + token.substring(middle + 1));
    }

    @Test
    void shouldRefuseAnotherKey() throws Exception {
        assertInvalid(new Tokens(key(2), () -> time).issue(ANY_DEVICE));
        // The other key under our key's name, and our key under another name.
        assertInvalid(signed(complete().build(), JWSAlgorithm.HS256, ourKeyId(), key(2)));
        assertInvalid(signed(complete().build(), JWSAlgorithm.HS256, "another", KEY));
        assertInvalid(signed(complete().build(), JWSAlgorithm.HS256, null, KEY));
    }

    @Test
    void shouldRefuseAnotherAlgorithm() throws Exception {
        SecretKey longKey = new SecretKeySpec(new byte[64], "HmacSHA512");
        Tokens pinned = new Tokens(longKey, () -> time);
        String keyId = SignedJWT.parse(pinned.issue(ANY_DEVICE)).getHeader().getKeyID();
        String token = signed(complete().build(), JWSAlgorithm.HS512, keyId, longKey);
        assertEquals(new Tokens.Refused(Code.TOKEN_INVALID), pinned.check(token, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid", "sid", "jti", "iat", "exp", "iss"})
    void shouldRefuseATokenWithoutAClaim(String claim) throws Exception {
        assertTrue(tokens.check(signed(complete().build(), JWSAlgorithm.HS256, ourKeyId(), KEY), null)
                instanceof Tokens.Good);
        assertInvalid(signed(complete().claim(claim, null).build(), JWSAlgorithm.HS256, ourKeyId(), KEY));
    }

    @Test
    void shouldRefuseAClaimOfAnotherType() throws Exception {
        assertInvalid(signed(complete().claim("uid", 7).build(), JWSAlgorithm.HS256, ourKeyId(), KEY));
        assertInvalid(signed(complete().issuer("someone else").build(), JWSAlgorithm.HS256, ourKeyId(), KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "null", "Bearer x", "eyJhbGciOiJIUzI1NiJ9..", "…"})
    void shouldRefuseWhatIsNoToken(String text) {
        assertInvalid(text);
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertInvalid("a".repeat(100_000));
    }

    @Test
    void shouldRefuseAShortKey() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tokens(new SecretKeySpec(new byte[31], "HmacSHA256"), () -> time));
    }

    private void assertInvalid(String token) {
        assertEquals(new Tokens.Refused(Code.TOKEN_INVALID), tokens.check(token, null));
    }

    private String ourKeyId() throws Exception {
        return SignedJWT.parse(tokens.issue(ANY_DEVICE)).getHeader().getKeyID();
    }

    private static JWTClaimsSet.Builder complete() {
        return new JWTClaimsSet.Builder()
                .issuer("cloud-objects")
                .jwtID("t1")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .claim("uid", "u1")
                .claim("sid", "s1");
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String keyId, SecretKey key)
            throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static TokenClaims claims(String device) {
        return new TokenClaims("u1", "s1", "t1", device, Set.of("a", "b"), Set.of("p"), NOW, NOW.plusSeconds(7200));
    }

    private static SecretKey key(int seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + seed);
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
