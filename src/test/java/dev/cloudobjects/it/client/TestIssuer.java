package dev.cloudobjects.it.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer of a test's own, with one key in force, which can go away and come back. */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "cloud-objects-test";

    private final int port;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key;
    private volatile List<JWK> served;
    private volatile HttpServer server;

    public TestIssuer() {
        key = newKey();
        served = List.of(key.toPublicJWK());
        server = listen(0);
        port = server.getAddress().getPort();
        server.start();
    }

    private HttpServer listen(int at) {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            created.createContext("/.well-known/openid-configuration", exchange -> answer(
                    exchange, "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/keys\"}"));
            created.createContext("/keys", exchange -> {
                asked.incrementAndGet();
                answer(exchange, new JWKSet(served).toString());
            });
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A key that is the issuer's only if {@link #serve} says so. */
    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return "http://127.0.0.1:" + port;
    }

    /** How often its keys were asked for. */
    public int asked() {
        return asked.get();
    }

    public RSAKey key() {
        return key;
    }

    /** Signs with a new key from now on, and serves it beside the one before. */
    public void rotate() {
        RSAKey next = newKey();
        serve(key.toPublicJWK(), next.toPublicJWK());
        key = next;
    }

    /** Serves these keys. */
    public void serve(JWK... keys) {
        served = List.of(keys);
    }

    /** Is away. */
    public void stop() {
        server.stop(0);
    }

    /** Is back. */
    public void start() {
        server = listen(port);
        server.start();
    }

    /** The claims of a good token for a user, to be changed. */
    public JWTClaimsSet.Builder claims(String user) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(List.of("another", AUDIENCE))
                .subject(user)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    /** A good token for a user. */
    public String token(String user) {
        return sign(claims(user).build());
    }

    /** A token with these claims. */
    public String sign(JWTClaimsSet claims) {
        RSAKey with = key;
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(with.getKeyID()).build(), claims, with);
    }

    public static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey with) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
