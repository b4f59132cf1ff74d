package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.Locales;
import dev.cloudobjects.log.Audit.Actor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditTest {

    @Test
    void shouldSayWhoDidWhatToWhom() {
        try (AuditLines audit = new AuditLines()) {
            Audit.CLOSE.write(new Actor("ann", "192.0.2.1", "http a/b.close", "r-1"), "user=bob", "connections 2");
            Audit.DRAIN.write(Actor.SERVER, "it's {0}", "begun");
            assertEquals(
                    List.of(
                            "COBJ6001I: connections closed: user=\"ann\" address=\"192.0.2.1\" call=\"http a/b.close\""
                                    + " target=\"user=bob\" outcome=\"connections 2\" request=\"r-1\"",
                            "COBJ6010I: drain started: user=- address=- call=\"server\" target=\"it's {0}\" outcome=\"begun\" request=-"),
                    audit.lines());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain text, `\"plain text\"`",
                "`a\nb\rc\td`, `\"a\\u000ab\\u000dc\\u0009d\"`",
                "`a\" user=\"root`, `\"a\\\" user=\\\"root\"`",
                "a\\, `\"a\\\\\"`",
                "a\u001b[31m, `\"a\\u001b[31m\"`",
                "a\u0085b\u2028c\u2029d, `\"a\\u0085b\\u2028c\\u2029d\"`",
                "a\u202eb\u200fc, `\"a\\u202eb\\u200fc\"`",
                "用户 é 👋, `\"用户 é 👋\"`",
            })
    void shouldLetNoValueEndItsLineOrPoseAsAnother(String value, String quoted) {
        assertEquals(quoted, Audit.quoted(value));
    }

    @ParameterizedTest
    @MethodSource("dev.cloudobjects.Locales#all")
    void shouldWriteTheSameInEveryLocale(Locale locale) throws Exception {
        assertEquals("\"a\\u0085b\"", Locales.under(locale, () -> Audit.quoted("a\u0085b")));
    }

    @Test
    void shouldCutWhatIsEndless() {
        String quoted = Audit.quoted("x".repeat(100_000));
        assertEquals(1003, quoted.length());
        assertTrue(quoted.endsWith("x…\""));
        assertEquals(1002, Audit.quoted("x".repeat(1000)).length());
    }

    @ParameterizedTest
    @EnumSource(Audit.class)
    void shouldStartWithAnIdOfItsOwn(Audit audit) {
        assertTrue(audit.id().matches("COBJ6\\d{3}I"), audit.id());
        assertTrue(audit.text().startsWith(audit.id() + ": "));
        assertEquals(1, Arrays.stream(Audit.values()).filter(other -> other.id().equals(audit.id())).count());
    }
}
