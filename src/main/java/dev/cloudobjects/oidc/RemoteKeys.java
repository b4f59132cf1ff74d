package dev.cloudobjects.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/** Fetches the issuer's keys from the configured URL, or from the URL in the discovery document. */
final class RemoteKeys implements KeySource {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MOST_BYTES = 256 * 1024;

    private final Issuer issuer;
    private final DefaultResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);

    RemoteKeys(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public JWKSet fetch() throws IOException {
        URI configured = issuer.keys();
        URI address = configured == null ? described() : configured;
        try {
            return JWKSet.parse(get(address));
        } catch (ParseException e) {
            throw new IOException(address + " serves no keys: " + e.getMessage(), e);
        }
    }

    private URI described() throws IOException {
        URI address = issuer.description();
        try {
            Map<String, Object> description = JSONObjectUtils.parse(get(address));
            if (!issuer.name().toString().equals(description.get("issuer"))) {
                throw new IOException(address + " describes another issuer: " + description.get("issuer"));
            }
            return Issuer.checked(String.valueOf(description.get("jwks_uri")));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException(address + " describes no issuer: " + e.getMessage(), e);
        }
    }

    private String get(URI address) throws IOException {
        return http.retrieveResource(address.toURL()).getContent();
    }
}
