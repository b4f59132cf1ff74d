package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters over HTTP, and what is no parameters: always answered in the one shape. */
class HttpBodiesIT extends FromOutside {

    private static final String ROUTER = "/http/router/";
    private static final String OBJECT = ROUTER + "it/pub.data.object";
    private static final Client NOBODY = Client.anonymous();

    private static JsonObject answered(Reply reply) {
        JsonObject answer = reply.ok().json();
        return Json.createObjectBuilder(answer).remove("code").remove("msg").build();
    }

    private static Reply form(String path, String body) {
        return NOBODY.send(NOBODY.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void shouldReadJson() {
        assertEquals(Client.json("a", 1), answered(NOBODY.post(OBJECT, "{\"a\":1}")));
        assertEquals(Client.json("a", "ü\uD83D\uDE00"), answered(NOBODY.post(OBJECT, "{\"a\":\"ü\\ud83d\\ude00\"}")));
    }

    @Test
    void shouldReadAForm() {
        JsonObject form = answered(form(OBJECT, "a=1&b=x+y&b=%C3%BC"));
        assertEquals("1", form.getString("a"));
        assertEquals(Json.createArrayBuilder().add("x y").add("ü").build(), form.getJsonArray("b"));
    }

    @Test
    void shouldReadTheQueryAndLetTheBodyWin() {
        JsonObject merged = answered(NOBODY.post(OBJECT + "?a=query&b=query", "{\"a\":\"body\"}"));
        assertEquals(Client.json("a", "body", "b", "query"), merged);
        merged = answered(form(OBJECT + "?a=query&b=query", "a=body"));
        assertEquals(Client.json("a", "body", "b", "query"), merged);
        assertEquals(Client.json("a", "query"), answered(NOBODY.post(OBJECT + "?a=query", "")));
    }

    @Test
    void shouldReadNumbersOfTheQueryAsTheMethodAsks() {
        JsonObject record = NOBODY.post(
                        ROUTER + "it/pub.numbers?whole=7&yes=true&many=1&many=2&deep=x", "{\"deep\":{\"name\":\"n\"}}")
                .ok()
                .json();
        assertEquals(8, record.getInt("whole"));
        assertFalse(record.getBoolean("yes"));
        assertEquals(3, record.getInt("sum"));
    }

    @Test
    void shouldReadAListWhereTheMethodTakesOne() {
        Reply reply = NOBODY.post(ROUTER + "it/pub.data.list", "[1,2]").ok();
        assertEquals(Json.createArrayBuilder().add(2).add(3).build(), reply.json().get("data"));
        assertEquals(400, NOBODY.post(OBJECT, "[1,2]").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "{\"a\":}", "{a:1}", "{'a':1}", "[1,]", "{\"a\":1}x", "{\"a\":01}", "nope", "{\"a\":\"\\ud800\"}",
                "\uFEFF{}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}"
            })
    void shouldRefuseMalformedJson(String body) {
        assertRefused(400, NOBODY.post(OBJECT, body));
    }

    @Test
    void shouldRefuseBytesThatAreNoUtf8() {
        assertRefused(
                400,
                NOBODY.send(NOBODY.request(OBJECT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xc3, '"'}))));
    }

    @Test
    void shouldKeepTheLimitsOfJson() {
        assertEquals(400, NOBODY.post(OBJECT, nested(33)).code());
        answered(NOBODY.post(OBJECT, nested(32)));
        assertRefused(400, NOBODY.post(OBJECT, "[".repeat(100_000)));
        assertRefused(400, NOBODY.post(OBJECT, "{\"a\":" + "1".repeat(101) + "}"));
        answered(NOBODY.post(OBJECT, "{\"a\":" + "1".repeat(100) + "}"));
        assertRefused(400, NOBODY.post(OBJECT, "{\"a\":1e99999}"));
        assertRefused(400, NOBODY.post(OBJECT, "{\"a\":" + "9".repeat(1_000_000) + "}"));
        assertRefused(400, NOBODY.post(OBJECT, keys(1001)));
        answered(NOBODY.post(OBJECT, keys(1000)));
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append(i == 0 ? "{" : ",").append("\"k").append(i).append("\":0");
        }
        return keys.append('}').toString();
    }

    @Test
    void shouldTakeOperatorsOfADatabaseForPlainText() {
        Reply refused = NOBODY.post(ROUTER + "user/pub/login", "{\"username\":{\"$ne\":null},\"password\":{\"$gt\":\"\"}}");
        assertRefused(400, refused);
        JsonObject plain = Client.json("$where", "1", "a.b", "c");
        assertEquals(plain, answered(NOBODY.post(OBJECT, plain.toString())));
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        assertRefused(413, NOBODY.post(OBJECT, "{\"a\":\"" + "x".repeat(1 << 20) + "\"}"));
        answered(NOBODY.post(OBJECT, "{\"a\":\"" + "x".repeat((1 << 20) - 100) + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
    void shouldRefuseOtherTypes(String type) {
        assertRefused(
                415,
                NOBODY.send(NOBODY.request(OBJECT).header("Content-Type", type).POST(BodyPublishers.ofString("{}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD"})
    void shouldRefuseOtherMethodsNamingTheRightOne(String method) {
        for (String path : new String[] {OBJECT, "/connect"}) {
            Reply refused = NOBODY.send(NOBODY.request(path).method(method, BodyPublishers.noBody()));
            assertEquals(405, refused.status());
            assertTrue(refused.response().headers().firstValue("Allow").orElse("").contains("POST"));
            if (!method.equals("HEAD")) {
                assertRefused(405, refused);
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNotThereInTheSameShape() {
        assertRefused(404, NOBODY.call("it/pub.nothing"));
        assertRefused(404, NOBODY.post(ROUTER, "{}"));
        assertRefused(404, NOBODY.post("/connect", "{\"url\":\"it/pub.nothing\"}"));
        assertRefused(400, NOBODY.post("/connect", "{}"));
        assertRefused(400, NOBODY.post("/connect", "{\"url\":7}"));
        assertRefused(400, NOBODY.post("/connect", "[]"));
        assertRefused(400, NOBODY.post("/connect", "{\"url\":\"it/pub.life\",\"channel\":\"\"}"));
        assertRefused(400, NOBODY.post("/connect", "{\"url\":\"it/pub.life\",\"protocol\":\"v0\"}"));
        assertRefused(426, NOBODY.get("/ws/it/pub.life"));
    }

    /** A status, the code that goes with it, a message, the id of the request, and not a word more. */
    private static void assertRefused(int status, Reply reply) {
        assertEquals(status, reply.status(), reply.text());
        assertEquals(status, reply.code(), reply.text());
        assertEquals(Set.of("code", "msg", "requestId"), reply.json().keySet());
        assertFalse(reply.text().contains("Exception") || reply.text().contains("dev.cloudobjects"), reply.text());
        assertEquals("application/json", reply.response().headers().firstValue("Content-Type").orElse(""));
    }
}
