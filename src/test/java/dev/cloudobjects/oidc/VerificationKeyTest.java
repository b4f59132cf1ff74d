package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cloudobjects.it.client.TestIssuer;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerificationKeyTest {

    private static final RSAKey RSA = TestIssuer.newKey();

    private static Optional<JWSAlgorithm> algorithm(JWK key) {
        return VerificationKey.of(key).map(VerificationKey::algorithm);
    }

    private static RSAKey.Builder rsa() throws JOSEException {
        return new RSAKey.Builder(RSA.toRSAPublicKey()).keyID("k");
    }

    @Test
    void shouldPinTheAlgorithmThatTheKeyNames() throws JOSEException {
        assertEquals(Optional.of(JWSAlgorithm.PS384), algorithm(rsa().algorithm(JWSAlgorithm.PS384).build()));
        assertEquals(Optional.of(JWSAlgorithm.RS256), algorithm(rsa().build()));
    }

    @Test
    void shouldPinTheAlgorithmOfTheCurve() throws JOSEException {
        assertEquals(Optional.of(JWSAlgorithm.ES256), algorithm(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK()));
        assertEquals(Optional.of(JWSAlgorithm.ES384), algorithm(new ECKeyGenerator(Curve.P_384).generate().toPublicJWK()));
        assertEquals(Optional.of(JWSAlgorithm.ES512), algorithm(new ECKeyGenerator(Curve.P_521).generate().toPublicJWK()));
    }

    @Test
    void shouldLeaveOutWhatSignaturesAreNotCheckedWith() throws JOSEException, NoSuchAlgorithmException {
        assertEquals(Optional.empty(), algorithm(rsa().keyUse(KeyUse.ENCRYPTION).build()));
        assertEquals(Optional.empty(), algorithm(rsa().keyOperations(Set.of(KeyOperation.ENCRYPT)).build()));
        assertEquals(Optional.empty(), algorithm(rsa().algorithm(JWSAlgorithm.HS256).build()));
        assertEquals(Optional.empty(), algorithm(rsa().algorithm(JWSAlgorithm.ES256).build()));
        assertEquals(Optional.empty(), algorithm(new OctetSequenceKey.Builder(new byte[32]).build()));
        assertEquals(
                Optional.of(JWSAlgorithm.RS256),
                algorithm(rsa().keyUse(KeyUse.SIGNATURE).keyOperations(null).build()));
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        RSAKey small = new RSAKey.Builder((RSAPublicKey) weak.generateKeyPair().getPublic()).build();
        assertEquals(Optional.empty(), algorithm(small));
    }
}
