package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Tokens that the server did not make, or not like this: 401 everywhere, and no event. */
class ForgedTokensIT extends FromOutside {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String OBJECT = "it/kh.life";

    private static String part(String token, int which) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[which]), StandardCharsets.UTF_8);
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> forgeries(String token) throws GeneralSecurityException {
        String[] parts = token.split("\\.");
        String claims = part(token, 1);
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("alg none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        forged.put("alg none, signed", encoded("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        forged.put("claims changed", parts[0] + "." + encoded(claims.replaceFirst("\"uid\":\"", "\"uid\":\"x")) + "." + parts[2]);
        forged.put("a role added", parts[0] + "." + encoded(claims.replace("\"role\":[", "\"role\":[\"admin\"")) + "." + parts[2]);
        char last = parts[2].charAt(5) == 'A' ? 'B' : 'A';
        forged.put("signature changed", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 5) + last + parts[2].substring(6));
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("cut short", token.substring(0, token.length() - 4));
        forged.put("another key", signed(parts[0], parts[1], "another key that is long enough for HS256".getBytes(StandardCharsets.UTF_8)));
        forged.put("an empty-ish key", signed(parts[0], parts[1], new byte[32]));
        forged.put("RS256", encoded("{\"alg\":\"RS256\"}") + "." + parts[1] + "." + parts[2]);
        forged.put("a key of its own", signed(
                encoded("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}"), parts[1], new byte[32]));
        forged.put("only dots", "..");
        forged.put("too long", token + "x".repeat(5000));
        return forged;
    }

    private static String signed(String header, String claims, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] signature = mac.doFinal((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return header + "." + claims + "." + BASE64.encodeToString(signature);
    }

    @Test
    void shouldRefuseForgedTokensOnEveryWay() throws GeneralSecurityException {
        Client ann = Client.anonymous().register();
        Device device = Device.ofNobody();
        forgeries(ann.token()).forEach((what, token) -> {
            Client forger = device.client().withToken(token);
            assertEquals(30204, forger.call("it/kh/probe.hit").code(), what);
            assertEquals(401, forger.call("it/kh/probe.hit").status(), what);
            assertEquals(401, forger.post("/connect", Client.json("url", OBJECT).toString()).status(), what);
            try (Raw raw = Raw.ask(OBJECT, forger.headers())) {
                assertEquals(401, raw.answer().status(), what);
            }
        });
        assertEquals(List.of(), device.events());
        assertEquals(0, ann.call("it/kh/probe.hit").code());
    }

    @Test
    void shouldRefuseATokenOnAnotherDevice() {
        Device own = Device.ofNobody();
        Client ann = own.client().register();
        assertEquals(0, ann.call("it/kh/probe.hit").code());
        Device other = Device.ofNobody();
        Client thief = other.client().withToken(ann.token());
        assertEquals(30201, thief.call("it/kh/probe.hit").code());
        try (Raw raw = Raw.ask(OBJECT, thief.headers())) {
            assertEquals(401, raw.answer().status());
            assertEquals(30201, raw.answer().code());
        }
        assertEquals(30201, Client.anonymous().withToken(ann.token()).call("it/kh/probe.hit").code());
        assertEquals(List.of(), other.events());
    }
}
