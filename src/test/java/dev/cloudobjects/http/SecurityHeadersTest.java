package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.security.FakeUsers;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {

    private final Map<String, String> settings = new HashMap<>();

    private Map<String, String> headers(FakeRequest request) throws Exception {
        Map<String, String> headers = new HashMap<>();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> {
                    assertEquals("setHeader", called.getName());
                    return headers.put((String) arguments[0], (String) arguments[1]);
                });
        SecurityHeaders filter = new SecurityHeaders();
        filter.requests = new Requests(new Settings(name -> Optional.ofNullable(settings.get(name))), new FakeUsers());
        boolean[] passed = {false};
        filter.doFilter(request.request(), response, (asked, answered) -> passed[0] = true);
        assertTrue(passed[0]);
        return headers;
    }

    @Test
    void shouldKeepPagesToThemselves() throws Exception {
        Map<String, String> headers = headers(new FakeRequest().header("Host", "chat.example"));
        assertEquals(
                List.of("base-uri 'none'", "default-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'"),
                List.of(headers.get("Content-Security-Policy").split("; ")).stream().sorted().toList());
        assertEquals("nosniff", headers.get("X-Content-Type-Options"));
        assertEquals("no-referrer", headers.get("Referrer-Policy"));
        assertTrue(headers.get("Permissions-Policy").contains("camera=()"));
    }

    @Test
    void shouldKeepBrowsersToHttpsWhereTheyCameByIt() throws Exception {
        assertNull(headers(new FakeRequest().header("Host", "chat.example")).get("Strict-Transport-Security"));
        assertNull(headers(new FakeRequest().header("Host", "chat.example").header("X-Forwarded-Proto", "https"))
                .get("Strict-Transport-Security"), "nobody believes a stranger");
        settings.put("cloudobjects.public-url", "https://chat.example");
        assertEquals("max-age=31536000", headers(new FakeRequest()).get("Strict-Transport-Security"));
    }
}
