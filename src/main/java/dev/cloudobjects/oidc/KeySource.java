package dev.cloudobjects.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where the keys of an issuer come from. */
interface KeySource {

    /** The keys as they are now; waits for the network. */
    JWKSet fetch() throws IOException;
}
