package dev.cloudobjects.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Map;
import java.util.Optional;

/**
 * A key for token signatures with its one algorithm. The header of a token can't choose another algorithm. Immutable.
 *
 * @param id the {@code kid}; empty without one
 * @param algorithm the {@code alg} of the key, or the default for its type
 * @param verifier verifies signatures
 */
record VerificationKey(String id, JWSAlgorithm algorithm, JWSVerifier verifier) {

    private static final int FEWEST_RSA_BITS = 2048;
    private static final Map<Curve, JWSAlgorithm> BY_CURVE = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    /** The key, if it can verify signatures: not symmetric, not for encryption, not too short. */
    static Optional<VerificationKey> of(JWK key) {
        boolean forSignatures = (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
        if (!forSignatures) {
            return Optional.empty();
        }
        try {
            if (key instanceof RSAKey rsa && rsa.size() >= FEWEST_RSA_BITS) {
                return of(key, JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toRSAPublicKey()));
            }
            if (key instanceof ECKey ec && BY_CURVE.containsKey(ec.getCurve())) {
                return of(key, BY_CURVE.get(ec.getCurve()), new ECDSAVerifier(ec.toECPublicKey()));
            }
        } catch (JOSEException e) {
            // The library does not support the key.
        }
        return Optional.empty();
    }

    private static Optional<VerificationKey> of(JWK key, JWSAlgorithm usual, JWSVerifier verifier) {
        JWSAlgorithm algorithm =
                key.getAlgorithm() == null ? usual : JWSAlgorithm.parse(key.getAlgorithm().getName());
        return verifier.supportedJWSAlgorithms().contains(algorithm)
                ? Optional.of(new VerificationKey(key.getKeyID() == null ? "" : key.getKeyID(), algorithm, verifier))
                : Optional.empty();
    }
}
