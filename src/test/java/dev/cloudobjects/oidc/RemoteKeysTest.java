package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.it.client.TestIssuer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteKeysTest {

    private final TestIssuer server = new TestIssuer();
    private final Map<String, String> settings = new HashMap<>(
            Map.of("cloudobjects.oidc.issuer", server.name(), "cloudobjects.oidc.audience", "us"));

    @AfterEach
    void stop() {
        server.close();
    }

    private Issuer issuer() {
        return Issuer.of(new Settings(name -> Optional.ofNullable(settings.get(name))));
    }

    private RemoteKeys keys() {
        return new RemoteKeys(issuer());
    }

    @Test
    void shouldFindTheKeysByTheIssuersDescription() throws IOException {
        assertEquals(server.key().getKeyID(), keys().fetch().getKeys().get(0).getKeyID());
    }

    @Test
    void shouldFindTheKeysWhereTheyAreConfigured() throws IOException {
        settings.put("cloudobjects.oidc.issuer", "https://elsewhere.example");
        settings.put("cloudobjects.oidc.keys", server.name() + "/keys");
        assertEquals(1, keys().fetch().getKeys().size());
    }

    @Test
    void shouldRefuseADescriptionOfAnotherIssuer() {
        settings.put("cloudobjects.oidc.issuer", server.name() + "/");
        assertTrue(assertThrows(IOException.class, () -> keys().fetch()).getMessage().contains("another issuer"));
    }

    @Test
    void shouldFailWhenNobodyAnswersOrSaysNonsense() {
        settings.put("cloudobjects.oidc.keys", server.name() + "/.well-known/openid-configuration");
        assertThrows(IOException.class, () -> keys().fetch());
        settings.put("cloudobjects.oidc.keys", server.name() + "/nothing");
        assertThrows(IOException.class, () -> keys().fetch());
        settings.remove("cloudobjects.oidc.keys");
        server.stop();
        assertThrows(IOException.class, () -> keys().fetch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "issuer.example", "http://issuer.example", "ftp://issuer.example", "https:///x", "a b"})
    void shouldRefuseAnIssuerThatCannotBeTrusted(String name) {
        settings.put("cloudobjects.oidc.issuer", name);
        String message = assertThrows(IllegalArgumentException.class, this::issuer).getMessage();
        assertTrue(message.contains("cloudobjects.oidc.issuer"), message);
    }

    @Test
    void shouldDemandAnAudience() {
        settings.remove("cloudobjects.oidc.audience");
        String message = assertThrows(IllegalArgumentException.class, this::issuer).getMessage();
        assertTrue(message.contains("cloudobjects.oidc.audience"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example/.well-known/openid-configuration",
        "https://a.example/, https://a.example/.well-known/openid-configuration",
        "https://a.example/realms/x, https://a.example/realms/x/.well-known/openid-configuration"
    })
    void shouldKnowWhereAnIssuerDescribesItself(String name, String address) {
        settings.put("cloudobjects.oidc.issuer", name);
        assertEquals(address, issuer().description().toString());
    }
}
