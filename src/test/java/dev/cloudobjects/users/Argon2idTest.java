package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.Locales;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idTest {

    private static final String NEW = "$argon2id$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q";
    private static final byte[] SALT = {3, 10, 17, 24, 31, 38, 45, 52, 59, 66, 73, 80, 87, 94, 101, 108};

    @ParameterizedTest
    @MethodSource("dev.cloudobjects.Locales#all")
    void shouldWriteAndReadTheSameInEveryLocale(Locale locale) throws Exception {
        assertEquals(NEW, Locales.under(locale, () -> Argon2id.of(bytes("correct horse"), SALT, 64, 1).text()));
        assertTrue(Locales.under(locale, () -> matches("correct horse", NEW)));
    }

    /** What the library of 0.1.0 wrote, those under Turkish and Azerbaijani included, and what the reference wrote. */
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "'correct horse' $argon2id$v=19$m=19456,t=2,p=1$AwoRGB8mLTQ7QklQV15lbA$TaBZj0E+OqgAgpNRGe9WfTaUype3AdtrL4P1V4ZSmZA",
        "'correct horse' $argon2ıd$v=19$m=19456,t=2,p=1$AwoRGB8mLTQ7QklQV15lbA$TaBZj0E+OqgAgpNRGe9WfTaUype3AdtrL4P1V4ZSmZA",
        "'correct horse' $argon2ıd$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "'correct horse' $argon2ID$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "'correct horse' $argon2id$v=19$m=256,t=3,p=2$AwoRGB8mLTQ7QklQV15lbA$krO4K+dJ3Izi+oaMgJOnDM2UIXw2mTKp",
        "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
    })
    void shouldMatchWhatIsStored(String password, String text) throws Exception {
        for (Locale locale : Locales.all().toList()) {
            assertTrue(Locales.under(locale, () -> matches(password, text)), locale + " " + text);
        }
        assertFalse(matches(password + "s", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "$argon2id$",
        "$argon2i$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2d$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=18$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=19$m=0,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=19$m=64,t=0,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=19$m=64,t=1,p=0$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=19$m=9999999,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3tCN6CqGb0kTZEfl+TZD+UmYEdXCBJ8hdIOzD4Q",
        "$argon2id$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$",
        "$argon2id$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP2x3",
        "$argon2id$v=19$m=64,t=1,p=1$AwoRGB8mLTQ7QklQV15lbA$jP",
        "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
    })
    void shouldReadNothingElse(String text) {
        assertTrue(Argon2id.parse(text).isEmpty());
    }

    private static boolean matches(String password, String text) {
        return Argon2id.parse(text).orElseThrow().matches(bytes(password));
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
