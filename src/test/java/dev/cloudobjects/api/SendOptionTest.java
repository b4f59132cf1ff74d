package dev.cloudobjects.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SendOptionTest {

    private static String refusal(org.junit.jupiter.api.function.Executable option) {
        return assertThrows(IllegalArgumentException.class, option).getMessage();
    }

    @Test
    void shouldNameAKeyThatIsEmptyOrTooLong() {
        assertEquals(
                "newestOf: key must have 1 to 200 characters but has 0", refusal(() -> SendOption.newestOf("")));
        assertEquals(
                "atMost: key must have 1 to 200 characters but has 201",
                refusal(() -> SendOption.atMost(1, "x".repeat(201))));
        SendOption.newestOf("x".repeat(200));
    }

    @Test
    void shouldNameARateThatIsOutOfRange() {
        assertEquals("atMost: perSecond must be from 1 to 1000 but is 0", refusal(() -> SendOption.atMost(0, "a")));
        assertEquals(
                "atMost: perSecond must be from 1 to 1000 but is 1001", refusal(() -> SendOption.atMost(1001, "a")));
        SendOption.atMost(1, "a");
        SendOption.atMost(1000, "a");
    }
}
