package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Raw.Answer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers and caches are told of the files that the server serves. */
class ServedFilesIT extends FromOutside {

    private static final Path PAGES = Path.of("src/main/webapp");

    private static Answer ask(String request, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Connection", "close");
        try (Raw raw = Raw.exchange(request, all)) {
            return raw.answer();
        }
    }

    private static String version() throws IOException {
        try (Reader text = Files.newBufferedReader(PAGES.resolve("sdk/package.json"));
                JsonReader json = Json.createReader(text)) {
            return json.readObject().getString("version");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/index.html, text/html; charset=utf-8",
        "/js/app.js, text/javascript; charset=utf-8",
        "/js/app.js?any=thing, text/javascript; charset=utf-8",
        "/css/base.css, text/css; charset=utf-8",
        "/images/icon.svg, image/svg+xml",
        "/sdk/index.js, text/javascript; charset=utf-8",
        "/sdk/platforms/browser.js, text/javascript; charset=utf-8",
        "/sdk/package.json, application/json",
        "/webjars/lit-html/3.3.2/lit-html.js, text/javascript; charset=utf-8"
    })
    void shouldBeAskedAgainAtEachUse(String path, String type) {
        Answer whole = ask("GET " + path, Map.of());
        assertEquals(200, whole.status(), whole.toString());
        assertEquals("no-cache", whole.headers().get("cache-control"));
        assertEquals(type, whole.headers().get("content-type").toLowerCase(Locale.ROOT));
        assertNull(whole.headers().get("last-modified"));
        String tag = whole.headers().get("etag");
        assertTrue(tag.startsWith("\""), tag);
        assertFalse(whole.body().isEmpty());

        Answer held = ask("GET " + path, Map.of("If-None-Match", "\"other\", " + tag));
        assertEquals(304, held.status());
        assertEquals("", held.body());
        assertEquals(tag, held.headers().get("etag"));
        assertEquals("no-cache", held.headers().get("cache-control"));

        assertEquals(200, ask("GET " + path, Map.of("If-None-Match", "\"other\"")).status());
        String later = "Fri, 01 Jan 2100 00:00:00 GMT";
        assertEquals(200, ask("GET " + path, Map.of("If-Modified-Since", later)).status());

        Answer head = ask("HEAD " + path, Map.of());
        assertEquals(200, head.status());
        assertEquals(tag, head.headers().get("etag"));
        assertEquals(whole.headers().get("content-length"), head.headers().get("content-length"));
    }

    @Test
    void shouldServeTheBytesOfTheFile() throws IOException {
        String file = Files.readString(PAGES.resolve("sdk/index.js"));
        assertEquals(file, ask("GET /sdk/index.js", Map.of()).body());
        assertEquals(file, ask("GET /sdk/" + version() + "/index.js", Map.of()).body());
        assertNotEquals(
                ask("HEAD /sdk/index.js", Map.of()).headers().get("etag"),
                ask("HEAD /sdk/http.js", Map.of()).headers().get("etag"));
    }

    @Test
    void shouldLetThePathWithTheVersionBeKept() throws IOException {
        Answer kept = ask("GET /sdk/" + version() + "/platforms/browser.js", Map.of());
        assertEquals(200, kept.status(), kept.toString());
        assertEquals("public, max-age=31536000, immutable", kept.headers().get("cache-control"));
        assertEquals(
                kept.headers().get("etag"),
                ask("GET /sdk/platforms/browser.js", Map.of()).headers().get("etag"));
        for (String unknown : new String[] {"/sdk/0.0.0/index.js", "/sdk/" + version() + "1/index.js", "/sdk/0.0/index.js"}) {
            Answer none = ask("GET " + unknown, Map.of());
            assertEquals(404, none.status(), unknown);
            assertEquals("no-store", none.headers().get("cache-control"));
        }
    }

    @Test
    void shouldLetPagesOfAnySiteLoadTheSdkAndNothingElse() throws IOException {
        Map<String, String> origin = Map.of("Origin", "https://elsewhere.example");
        for (String path : new String[] {"/sdk/index.js", "/sdk/" + version() + "/index.js"}) {
            Answer module = ask("GET " + path, origin);
            assertEquals("*", module.headers().get("access-control-allow-origin"), path);
            Map<String, String> again =
                    Map.of("Origin", "https://elsewhere.example", "If-None-Match", module.headers().get("etag"));
            assertEquals("*", ask("GET " + path, again).headers().get("access-control-allow-origin"), path);
        }
        for (String path : new String[] {"/", "/js/app.js", "/sdk/nothing.js"}) {
            assertNull(ask("GET " + path, origin).headers().get("access-control-allow-origin"), path);
        }
    }

    /** A redirect of the container names a scheme, which a proxy in front has another of. */
    @ParameterizedTest
    @ValueSource(strings = {"/sdk", "/sdk/", "/sdk/platforms", "/js", "/css/", "/webjars", "/sdk/0.1.0", "/health/", "/health/ready/"})
    void shouldNameNoSchemeInARedirect(String path) {
        Answer answer = ask("GET " + path, Map.of("X-Forwarded-Proto", "https"));
        String location = answer.headers().getOrDefault("location", "");
        assertFalse(location.contains("//"), answer.toString());
        if (answer.status() / 100 == 3) {
            assertFalse(location.isEmpty());
        }
        if (path.startsWith("/sdk") || path.startsWith("/js")) {
            assertEquals(404, answer.status(), answer.toString());
        }
    }
}
