package dev.cloudobjects.security;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/**
 * Reads signed texts that have one form only. The library reads several: with spaces around them, and with other bits
 * behind the last ones that the signature needs. All of them would be as good, and none is what was issued.
 */
final class OneForm {

    private OneForm() {}

    /** @throws ParseException when it is no signed text, or not in the form in which it was issued */
    static SignedJWT parse(String text) throws ParseException {
        SignedJWT parsed = SignedJWT.parse(text);
        Base64URL signature = parsed.getSignature();
        if (!parsed.serialize().equals(text) || !Base64URL.encode(signature.decode()).equals(signature)) {
            throw new ParseException("another form of a signed text", 0);
        }
        return parsed;
    }
}
