package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002::/64",
        "2001:db8:1:2::, 20010db800010002::/64",
        "::1, 0000000000000000::/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "not an address, not an address",
        "1:2:3, 1:2:3",
        "localhost, localhost"
    })
    void shouldNameWhoCountsAsOne(String address, String network) {
        assertEquals(network, Network.of(address));
    }
}
