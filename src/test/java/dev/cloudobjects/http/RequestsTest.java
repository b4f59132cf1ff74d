package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private static Requests requests(Map<String, String> settings) {
        return new Requests(new Settings(name -> Optional.ofNullable(settings.get(name))), new FakeUsers());
    }

    private final Requests behindProxies =
            requests(Map.of("cloudobjects.proxies", "10.0.0.0/8, ::1", "cloudobjects.origins", "https://app.example"));

    @Nested
    class Address {

        @ParameterizedTest(name = "from {0} with \"{1}\": {2}")
        @CsvSource(nullValues = "-", value = {
            "192.0.2.1, -, 192.0.2.1",
            "192.0.2.1, 203.0.113.5, 192.0.2.1",
            "10.0.0.1, -, 10.0.0.1",
            "10.0.0.1, 203.0.113.5, 203.0.113.5",
            "10.0.0.1, '6.6.6.6, 203.0.113.5', 203.0.113.5",
            "10.0.0.1, '6.6.6.6, 203.0.113.5 , 10.0.0.2', 203.0.113.5",
            "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
            "10.0.0.1, 2001:db8::1, 2001:db8::1",
            "10.0.0.1, 203.0.113.5:4711, 203.0.113.5",
            "10.0.0.1, '203.0.113.5:4711, 10.0.0.2:80', 203.0.113.5",
            "10.0.0.1, '[2001:db8::1]:443', 2001:db8::1",
            "10.0.0.1, '[2001:db8::1]', 2001:db8::1",
            "10.0.0.1, '[203.0.113.5]:1', 10.0.0.1",
            "10.0.0.1, '203.0.113.5:123456', 10.0.0.1",
            "10.0.0.1, 203.0.113.5:, 10.0.0.1",
            "10.0.0.1, '[cafe]:1', 10.0.0.1",
            "10.0.0.1, '[2001:db8::1]x', 10.0.0.1",
            "10.0.0.1, '', 10.0.0.1",
            "10.0.0.1, unknown, 10.0.0.1",
            "10.0.0.1, '203.0.113.5, <script>', 10.0.0.1",
            "10.0.0.1, 'cafe, 10.0.0.2', 10.0.0.2",
            "::1, 203.0.113.5, 203.0.113.5"
        })
        void shouldBeTheLastThatNoTrustedProxyHas(String remote, String forwarded, String expected) {
            FakeRequest request = new FakeRequest().from(remote);
            if (forwarded != null) {
                request.header("X-Forwarded-For", forwarded);
            }
            assertEquals(expected, behindProxies.address(request.head()));
        }

        @Test
        void shouldNotBeSpoofedByAHeaderLineBeforeTheProxysOwn() {
            FakeRequest request = new FakeRequest()
                    .from("10.0.0.1")
                    .header("X-Forwarded-For", "6.6.6.6")
                    .header("X-Forwarded-For", "203.0.113.5");
            assertEquals("203.0.113.5", behindProxies.address(request.head()));
        }
    }

    @Nested
    class BaseUrl {

        private final FakeRequest forwarded = new FakeRequest()
                .header("Host", "inner:9080")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "chat.example");

        @Test
        void shouldFollowATrustedProxy() {
            assertEquals("https://chat.example", behindProxies.baseUrl(forwarded.from("10.0.0.1").head()));
        }

        @Test
        void shouldNotFollowAnybodyElse() {
            assertEquals("http://inner:9080", behindProxies.baseUrl(forwarded.from("192.0.2.1").head()));
        }

        @Test
        void shouldBeWhatIsConfigured() {
            Requests fixed = requests(Map.of("cloudobjects.public-url", "https://public.example"));
            assertEquals("https://public.example", fixed.baseUrl(forwarded.from("10.0.0.1").head()));
        }

        @Test
        void shouldHaveThePathThatTheApplicationIsBehind() {
            FakeRequest behind = forwarded.root("/cloud-objects");
            assertEquals("http://inner:9080/cloud-objects", behindProxies.baseUrl(behind.head()));
            assertEquals("https://chat.example/cloud-objects", behindProxies.baseUrl(behind.from("10.0.0.1").head()));
        }

        @Test
        void shouldHaveNoPathButTheConfiguredOneWhereOneIs() {
            Requests fixed = requests(Map.of("cloudobjects.public-url", "https://public.example/chat/"));
            assertEquals("https://public.example/chat", fixed.baseUrl(forwarded.root("/cloud-objects").head()));
        }

        @Test
        void shouldDoWithoutAHostHeader() {
            assertEquals("http://here:9080", behindProxies.baseUrl(new FakeRequest().head()));
            assertEquals("https://here:9080", behindProxies.baseUrl(new FakeRequest().scheme("wss").head()));
        }
    }

    @Nested
    class Origin {

        private boolean allowed(String origin) {
            return behindProxies.originAllowed(
                    new FakeRequest().header("Host", "chat.example").header("Origin", origin).head());
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://chat.example", "http://chat.example:80", "HTTP://CHAT.example", "https://app.example"})
        void shouldBeTheServersOwnOrOnTheList(String origin) {
            assertTrue(allowed(origin));
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "null", "", "http://chat.example.evil", "http://evil/chat.example", "http://chat.example@evil",
            "https://chat.example", "http://chat.example:81", "http://app.example", "https://app.example.evil",
            "https://app.example/", "https://evil.app.example", "chat.example", "http://", "http://[", "file://"
        })
        void shouldBeRefusedOtherwise(String origin) {
            assertFalse(allowed(origin));
        }

        @Test
        void shouldNotDependOnThePathThatTheApplicationIsBehind() {
            FakeRequest own = new FakeRequest().root("/cloud-objects").header("Host", "chat.example");
            assertTrue(behindProxies.originAllowed(own.header("Origin", "http://chat.example").head()));
            Requests fixed = requests(Map.of("cloudobjects.public-url", "https://public.example/chat"));
            assertTrue(fixed.originAllowed(new FakeRequest().header("Origin", "https://public.example").head()));
            assertFalse(fixed.originAllowed(new FakeRequest().header("Origin", "https://other.example").head()));
        }

        @Test
        void shouldNotBeNeeded() {
            assertTrue(behindProxies.originAllowed(new FakeRequest().head()));
        }
    }

    @Nested
    class Who {

        private Caller caller(FakeRequest request) {
            return behindProxies.caller(request.head());
        }

        @Test
        void shouldBeNobodyWithoutAToken() {
            assertEquals(Authentication.ANONYMOUS, caller(new FakeRequest()).authentication());
            assertEquals(
                    Authentication.ANONYMOUS,
                    caller(new FakeRequest().header("Cookie", "uni-id-token=t-ann").header("uni-id-token", " "))
                            .authentication());
            assertNull(caller(new FakeRequest().header("Authorization", "Basic t-ann")).token());
        }

        @Test
        void shouldBeTheTokensUser() {
            assertEquals("ann", caller(new FakeRequest().header("uni-id-token", "t-ann")).uid());
            assertEquals("ann", caller(new FakeRequest().header("Authorization", "bearer  t-ann")).uid());
            assertEquals(
                    "ann",
                    caller(new FakeRequest().header("Authorization", "Bearer t-bob").header("uni-id-token", "t-ann"))
                            .uid());
        }

        @Test
        void shouldSayOfItselfWhatItMayInBounds() {
            Caller.Client client = caller(new FakeRequest()
                            .header("vk-appid", "app")
                            .header("vk-device-id", "x".repeat(1000))
                            .header("vk-locale", ""))
                    .client();
            assertEquals("app", client.appId());
            assertEquals(256, client.deviceId().length());
            assertNull(client.locale());
            assertEquals("192.0.2.1", client.address());
        }
    }
}
