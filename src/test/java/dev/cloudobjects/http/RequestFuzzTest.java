package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.security.FakeUsers;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a request says of itself is read, or refused with a code; nobody becomes anybody by it. */
class RequestFuzzTest {

    private static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));
    private static final Map<String, String> SETTINGS =
            Map.of("cloudobjects.proxies", "10.0.0.0/8", "cloudobjects.public-url", "https://chat.example");
    private static final Settings SETTING = new Settings(name -> Optional.ofNullable(SETTINGS.get(name)));
    private static final Requests REQUESTS = new Requests(SETTING, new FakeUsers());
    private static final Bodies BODIES = new Bodies(SETTING, JSON, new Meters());

    @FuzzTest
    void shouldReadRequests(FuzzedDataProvider data) {
        readHeaders(data);
        readQueryAndBody(data);
    }

    private static void readHeaders(FuzzedDataProvider data) {
        FakeRequest request = new FakeRequest()
                .from(data.consumeBoolean() ? "10.0.0.1" : "192.0.2.7")
                .header("X-Forwarded-For", data.consumeString(200))
                .header("X-Forwarded-Proto", data.consumeString(20))
                .header("X-Forwarded-Host", data.consumeString(50))
                .header("Host", data.consumeString(50))
                .header("User-Agent", data.consumeString(50));
        String origin = data.consumeString(100);
        request.header("Origin", origin);
        String address = REQUESTS.address(request.head());
        assertTrue(TrustedProxies.isAddress(address), address);
        assertTrue(REQUESTS.baseUrl(request.head()).equals("https://chat.example"));
        if (REQUESTS.originAllowed(request.head())) {
            assertTrue(origin.toLowerCase(Locale.ROOT).startsWith("https://chat.example"), origin);
            assertFalse(origin.contains("@"), origin);
        }
    }

    private static void readQueryAndBody(FuzzedDataProvider data) {
        try {
            String query = data.consumeString(300);
            Map<String, List<String>> parameters = Bodies.parameters(query);
            assertTrue(parameters.size() <= query.length() + 1);
            FakeRequest request = new FakeRequest().query(query);
            request.header("Content-Type", data.pickValue(List.of("application/json", "application/x-www-form-urlencoded", "x/y")));
            request.body(data.consumeRemainingAsString());
            if (JSON.tree(BODIES.params(BODIES.expect(request.request()), request.body())) instanceof JsonObject object) {
                assertTrue(object.size() <= 1000);
            }
        } catch (CloudObjectException e) {
            assertTrue(e.code() == 400 || e.code() == 415, e.getMessage());
        }
    }
}
