package dev.cloudobjects.security;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/**
 * Parses signed JWTs in their canonical form only. The library also accepts other texts for the same token: with spaces
 * around it, or with other unused bits at the end of the Base64 signature.
 */
final class CanonicalJwt {

    private CanonicalJwt() {}

    /** Parses a token. @throws ParseException if it is no signed JWT or not in canonical form */
    static SignedJWT parse(String text) throws ParseException {
        SignedJWT parsed = SignedJWT.parse(text);
        Base64URL signature = parsed.getSignature();
        if (!parsed.serialize().equals(text) || !Base64URL.encode(signature.decode()).equals(signature)) {
            throw new ParseException("not in canonical form", 0);
        }
        return parsed;
    }
}
