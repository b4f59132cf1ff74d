package dev.cloudobjects.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cloudobjects.Locales;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentSourceTest {

    @ParameterizedTest
    @MethodSource("dev.cloudobjects.Locales#all")
    void shouldFindEveryKeyInEveryLocale(Locale locale) throws Exception {
        Map<String, String> environment = new HashMap<>();
        Keys.all().forEach(key -> environment.put(inAscii(key.name()), key.name()));
        EnvironmentSource source = new EnvironmentSource(environment);
        assertEquals(environment.size(), Locales.under(locale, source::getPropertyNames).size());
        for (Key<?> key : Keys.all()) {
            assertEquals(key.name(), Locales.under(locale, () -> source.getValue(key.name())));
        }
    }

    @Test
    void shouldSayNothingOfOthers() {
        EnvironmentSource source = new EnvironmentSource(Map.of("MP_OPENAPI_SERVERS", "a", "CLOUDOBJECTS_DEMO", "true"));
        assertNull(source.getValue("mp.openapi.servers"));
        assertNull(source.getValue("cloudobjects.bench"));
        assertEquals("[cloudobjects.demo]", source.getPropertyNames().toString());
        assertEquals(300, source.getOrdinal());
    }

    @Test
    void shouldBeFoundByMicroProfileConfig() {
        assertEquals(
                1,
                ServiceLoader.load(ConfigSource.class).stream()
                        .filter(source -> source.type() == EnvironmentSource.class)
                        .count());
    }

    private static String inAscii(String name) {
        return name.chars()
                .map(c -> c >= 'a' && c <= 'z' ? c - 32 : '_')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
