package dev.cloudobjects.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** The source of the issuer's keys. */
interface KeySource {

    /** Fetches the keys; blocks on the network. */
    JWKSet fetch() throws IOException;
}
