package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server shows of itself: headers that protect, no insides, and no secret in the log. */
class SurfaceIT extends FromOutside {

    private static final Path LOGS =
            Path.of(System.getProperty("it.wlp"), "usr/servers", System.getProperty("it.server"), "logs");

    private static String logs() {
        try (Stream<Path> files = Files.walk(LOGS)) {
            return files.filter(Files::isRegularFile).map(SurfaceIT::read).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /js/app.js",
                "GET /sdk/index.js",
                "GET /nothing/here",
                "GET /ws/it/pub.life",
                "GET /ws/it/pub.nothing",
                "GET /http/router/it/pub.data.object",
                "GET /connect",
                "GET /error",
                "GET /WEB-INF/web.xml",
                "OPTIONS /connect"
            })
    void shouldProtectBrowsersWithEveryAnswer(String request) {
        try (Raw raw = Raw.exchange(request, Map.of("Connection", "close"))) {
            Map<String, String> headers = raw.answer().headers();
            assertEquals("no-referrer", headers.get("referrer-policy"), raw.answer().toString());
            assertEquals("nosniff", headers.get("x-content-type-options"));
            String policy = headers.get("content-security-policy");
            for (String part : List.of("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")) {
                assertTrue(policy.contains(part), policy);
            }
            assertFalse(policy.contains("unsafe"), policy);
            assertNull(headers.get("server"));
            assertNull(headers.get("x-powered-by"));
            assertNull(headers.get("set-cookie"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz",
                "GET /ws/%00",
                "GET /ws/it/pub.life?ticket=%zz",
                "GET /ws/it/pub.life?ticket=..",
                "GET /WEB-INF/web.xml",
                "GET /WEB-INF/classes/dev/cloudobjects/boot/Boot.class",
                "GET /META-INF/MANIFEST.MF",
                "GET /js/../WEB-INF/web.xml",
                "GET /js/%2e%2e/WEB-INF/web.xml",
                "GET /index.html/x",
                "TRACE /",
                "FOO /http/router/it/pub.data.object",
                "POST /http/router/it/pub.data.crash",
                "POST /http/router/it/pub.life.hang.deep",
                "POST /http/router/java.lang.Runtime.exec",
                "POST /http/router/dev/cloudobjects/boot/Boot.stop",
                "POST /http/router/it/pub.data.getClass",
                "POST /http/router/it/pub.data.toString",
                "POST /http/router/it/pub.data.class.forName"
            })
    void shouldShowNothingOfItsInsides(String request) {
        try (Raw raw = Raw.exchange(request, Map.of("Connection", "close", "Content-Length", "0"))) {
            int status = raw.answer().status();
            assertTrue(status >= 400 && status < 502, raw.answer().toString());
            String body = raw.answer().body();
            for (String inside : List.of("Exception", "\tat ", "com.ibm", "SRVE", "dev.cloudobjects", "<web-app")) {
                assertFalse(body.contains(inside), body);
            }
        }
    }

    @Test
    void shouldKeepSecretsOutOfLogsAndAnswers() {
        String password = "secret " + UUID.randomUUID();
        String username = "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        Client nobody = Client.anonymous();
        String token = nobody.call("user/pub/register", "username", username, "password", password).ok().text("token");
        Client ann = nobody.withToken(token);
        String address = URI.create(ann.call("it/pub.managed.signed").ok().text("url")).toString().replaceFirst("^.*?/ws/", "");
        String ticket = address.replaceFirst(".*ticket=", "");
        String answers = "";

        answers += nobody.call("user/pub/login", "username", username, "password", password + "x").text();
        answers += nobody.call("user/pub/login", "username", Client.json("is", password), "password", password).text();
        answers += nobody.post("/http/router/user/pub/login", "{\"password\":\"" + password + "\",}").text();
        answers += nobody.withToken(token + "x").call("it/kh/probe.hit").text();
        answers += ann.call("it/sys/probe.hit").text();
        answers += ann.call("it/pub.nothing").text();
        answers += ann.post("/http/router/it/kh/probe.hit?uni-id-token=" + token + "x&ticket=" + ticket, "{").text();
        answers += ann.post("/connect", "{\"url\":\"" + token + "\"").text();
        answers += ann.with("vk-device-id", "another").call("it/kh/probe.hit").text();
        answers += refused(address.replaceFirst("it/pub.managed", "it/pub.everyone"), Map.of());
        answers += refused(address.replaceFirst("it/pub.managed", "it/pub.nothing"), Map.of());
        answers += refused(address, Map.of("Origin", "http://evil.example"));
        answers += refused(address, Map.of("Sec-WebSocket-Protocol", "chat"));
        answers += refused(address + "x", Map.of());
        answers += refused(address + "&channel=", Map.of());
        Raw.ask(address, Map.of()).close();
        answers += refused(address, Map.of());
        answers += nobody.get("/nothing?ticket=" + ticket).text();
        answers += ann.call("it/pub.life.hang").text();
        Reply crash = ann.call("it/pub.data.crash");
        answers += crash.text();

        String all = logs();
        assertTrue(all.contains(crash.text("requestId")), "the log is not that of this server");
        for (String secret : List.of(password, token, ticket, signature(token), signature(ticket))) {
            assertFalse(all.contains(secret), "a secret is in the log");
            assertFalse(answers.contains(secret), "a secret is in an answer");
        }
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String refused(String address, Map<String, String> headers) {
        try (Raw raw = Raw.ask(address, headers)) {
            assertFalse(raw.answer().isOpen());
            return raw.answer().body() + raw.answer().headers();
        }
    }

    @Test
    void shouldWriteNoLineThatAClientMadeUp() {
        String forged = "COBJ1001I: forged " + UUID.randomUUID();
        String text = "x\n" + forged + "\r" + forged + "\u0085" + forged + "\u2028" + forged;
        Client client = Client.anonymous();
        for (int i = 0; i < 7; i++) {
            client.call("user/pub/login", "username", text.substring(0, 60), "password", "wrong");
        }
        String id = forged.substring("COBJ1001I: forged ".length());
        client.post("/connect", Client.json("url", "it/pub.life", "channel", text).toString());
        client.post("/connect", Client.json("url", text).toString());
        client.post("/http/router/it/pub.data.crash", Client.json("a", text).toString());
        try (Raw raw = Raw.ask("it/pub.life%0a" + id, Map.of("Origin", "http://x\u0085" + id))) {
            assertFalse(raw.answer().isOpen());
        }
        for (String line : logs().split("\\R")) {
            assertFalse(line.startsWith("COBJ1001I: forged") || line.startsWith(id), line);
        }
    }
}
