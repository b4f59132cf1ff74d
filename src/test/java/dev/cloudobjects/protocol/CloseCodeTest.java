package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodeTest {

    @ParameterizedTest
    @EnumSource
    void shouldSayByItsRangeWhetherAClientMayComeBack(CloseCode code) {
        if (code.value() >= 4000) {
            assertEquals(code.value() >= 4500, code.mayReconnect());
            assertTrue(code.value() < 5000);
        }
        assertEquals(Optional.of(code), CloseCode.find(code.value()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAReasonThatFits(CloseCode code) {
        assertEquals(code.reason(), CloseCode.fit(code.reason()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1004, 1005, 1006, 1015, 4499, 5000})
    void shouldNotKnowWhatIsNeverSent(int value) {
        assertEquals(Optional.empty(), CloseCode.find(value));
    }

    @Test
    void shouldCutAReasonBetweenCharacters() {
        assertEquals("a".repeat(123), CloseCode.fit("a".repeat(123)));
        assertEquals("a".repeat(123), CloseCode.fit("a".repeat(124)));
        assertEquals("您".repeat(41), CloseCode.fit("您".repeat(50)));
        assertEquals("👋".repeat(30), CloseCode.fit("👋".repeat(31)));
        assertEquals("a" + "👋".repeat(30), CloseCode.fit("a" + "👋".repeat(31)));
        assertTrue(CloseCode.fit("é\ud83d".repeat(60)).getBytes(StandardCharsets.UTF_8).length <= 123);
    }
}
