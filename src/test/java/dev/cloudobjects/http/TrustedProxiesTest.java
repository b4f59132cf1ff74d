package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1/32, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, 127.0.0.1, false",
        "::/0, 10.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, 10.0.0.1.evil.example, false",
        "10.0.0.0/8, localhost, false",
        "10.0.0.0/8, '', false",
        "10.0.0.0/8, unknown, false",
        "10.0.0.0/8, 10.1, false",
        "0.0.0.0/0, 300.0.0.1, false",
        "0.0.0.0/0, 12, false"
    })
    void shouldTrustWhatIsInTheNetwork(String network, String address, boolean trusted) {
        assertEquals(trusted, new TrustedProxies(List.of(network)).trusts(address));
    }

    @Test
    void shouldTrustNobodyByDefault() {
        assertFalse(new TrustedProxies(List.of()).trusts("127.0.0.1"));
    }

    @Test
    void shouldTrustAnyOfSeveral() {
        TrustedProxies several = new TrustedProxies(List.of("10.0.0.0/8", "::1"));
        assertTrue(several.trusts("10.1.1.1") && several.trusts("::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/8/8", "::/129", "proxy",
        "proxy.example/8", "cafe", "10.0.0", "256.0.0.1", ":::", "*", "10.0.0.0/99999999999"
    })
    void shouldRefuseWhatIsNoNetworkByName(String garbage) {
        String message = assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of(garbage)))
                .getMessage();
        assertTrue(message.startsWith("cloudobjects.proxies: '" + garbage + "'"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cafe", "fa.de", "dead.beef", "a.b.c.d", "1", "1.2", "0x7f.1", "1.2.3.4:80", "[::1]"})
    void shouldTakeNoNameForAnAddress(String name) {
        // A hex word such as "cafe" would be looked up in the DNS.
        assertFalse(TrustedProxies.isAddress(name));
    }
}
