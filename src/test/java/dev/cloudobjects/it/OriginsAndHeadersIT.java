package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Raw.Answer;
import dev.cloudobjects.it.client.Reply;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers may say: an origin, a token, a forwarded address. */
class OriginsAndHeadersIT extends FromOutside {

    private static final String OWN = "http://localhost:" + Integer.getInteger("it.http.port");
    private static final String CALL = "/http/router/it/pub.caller.who";
    private static final String CONNECT = "{\"url\":\"it/pub.life\"}";

    private static Answer post(String path, Map<String, String> headers, String body) {
        try (Raw raw = Raw.post(path, headers, body)) {
            return raw.answer();
        }
    }

    private static Answer connect(Map<String, String> headers) {
        try (Raw raw = Raw.ask("it/pub.life", headers)) {
            return raw.answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost",
                "https://localhost:{port}",
                "http://localhost:{port}.evil.example",
                "http://localhost.evil.example:{port}",
                "http://evil.example:{port}",
                "http://localhost:{port}@evil.example",
                "http://user@localhost:{port}",
                "localhost:{port}",
                "file://"
            })
    void shouldRefuseForeignOriginsOnEveryWay(String origin) {
        Map<String, String> foreign = Map.of("Origin", origin.replace("{port}", OWN.replaceAll(".*:", "")));
        for (Answer answer : new Answer[] {post(CALL, foreign, "{}"), post("/connect", foreign, CONNECT), connect(foreign)}) {
            assertEquals(403, answer.status(), origin + " " + answer);
            assertEquals(403, answer.code());
            assertNull(answer.headers().get("access-control-allow-origin"));
        }
    }

    @Test
    void shouldLetTheServersOwnPagesAndOtherProgramsIn() {
        for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("Origin", OWN))) {
            assertEquals(200, post(CALL, headers, "{}").status());
            assertEquals(200, post("/connect", headers, CONNECT).status());
            assertEquals(101, connect(headers).status());
        }
    }

    @Test
    void shouldAnswerAPreflight() {
        Map<String, String> asked = Map.of("Origin", OWN, "Access-Control-Request-Method", "POST");
        Answer answer = options(asked);
        assertEquals(204, answer.status());
        assertEquals(OWN, answer.headers().get("access-control-allow-origin"));
        assertEquals("POST", answer.headers().get("access-control-allow-methods"));
        assertTrue(answer.headers().get("access-control-allow-headers").contains("uni-id-token"));
        assertNull(answer.headers().get("access-control-allow-credentials"));
        assertEquals("Origin", answer.headers().get("vary"));
    }

    @Test
    void shouldRefuseThePreflightOfAForeignPage() {
        Map<String, String> asked = Map.of("Origin", "http://evil.example", "Access-Control-Request-Method", "POST");
        assertEquals(403, options(asked).status());
    }

    private static Answer options(Map<String, String> headers) {
        try (Raw raw = Raw.exchange("OPTIONS " + CALL, headers)) {
            return raw.answer();
        }
    }

    @Test
    void shouldTakeATokenFromEitherHeader() {
        Client ann = Client.anonymous().register();
        for (String header : new String[] {"uni-id-token", "Authorization"}) {
            String value = header.equals("Authorization") ? "bearer " + ann.token() : ann.token();
            Client same = Client.anonymous().with(header, value);
            assertEquals(ann.uid(), same.call("it/pub.caller.who").ok().text("caller"));
        }
    }

    @Test
    void shouldTakeATokenFromNowhereElse() {
        Client ann = Client.anonymous().register();
        Client cookie = Client.anonymous().with("Cookie", "uni-id-token=" + ann.token() + "; token=" + ann.token());
        assertEquals(30204, cookie.call("it/kh/probe.hit").code());
        Reply query = Client.anonymous().post("/http/router/it/kh/probe.hit?uni-id-token=" + ann.token(), "{}");
        assertEquals(30204, query.code());
        Client basic = Client.anonymous().with("Authorization", "Basic " + ann.token());
        assertEquals(30204, basic.call("it/kh/probe.hit").code());
    }

    @Test
    void shouldRenewATokenThatIsAboutToEnd() {
        Client ann = Client.anonymous().register();
        assertFalse(ann.call("it/kh/probe.hit").ok().json().containsKey("vk_uni_token"));
        Client late = Identities.shortened(ann, 60);
        JsonObject renewed = late.call("it/kh/probe.hit").ok().json().getJsonObject("vk_uni_token");
        assertTrue(renewed.getJsonNumber("tokenExpired").longValue() > System.currentTimeMillis() + 3_600_000);
        Client again = Client.anonymous().withToken(renewed.getString("token"));
        assertEquals(ann.uid(), again.call("it/pub.caller.who").ok().text("caller"));
    }

    @Test
    void shouldNotBelieveAPeerThatIsNoTrustedProxy() {
        Map<String, String> forwarded = new LinkedHashMap<>();
        forwarded.put("X-Forwarded-For", "10.1.2.3");
        forwarded.put("X-Forwarded-Host", "evil.example");
        forwarded.put("X-Forwarded-Proto", "https");
        forwarded.put("$WSSC", "https");
        forwarded.put("$WSRA", "10.1.2.3");
        forwarded.put("Forwarded", "for=10.1.2.3;host=evil.example;proto=https");
        assertTrue(post(CALL, forwarded, "{}").body().contains("\"address\":\"127.0.0.1\""));
        String url = post("/connect", forwarded, CONNECT).body();
        assertTrue(url.contains("\"ws://localhost:"), url);
        forwarded.put("Origin", "https://evil.example");
        assertEquals(403, post(CALL, forwarded, "{}").status());
    }

    @Test
    void shouldSetNoCookieAnywhere() {
        Client ann = Client.anonymous().register();
        Answer[] answers = {
            post(CALL, ann.headers(), "{}"),
            post("/connect", ann.headers(), CONNECT),
            post("/http/router/it/kh/probe.hit", Map.of(), "{}"),
            post("/http/router/nothing", Map.of(), "{}"),
            connect(ann.headers()),
            connect(Map.of("Origin", "null"))
        };
        for (Answer answer : answers) {
            assertNull(answer.headers().get("set-cookie"), answer.toString());
        }
    }
}
