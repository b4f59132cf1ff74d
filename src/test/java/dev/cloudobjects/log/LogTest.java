package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogTest {

    @Test
    void shouldGiveEachMessageAnIdOfItsOwn() {
        Set<String> numbers = new HashSet<>();
        Arrays.stream(Log.values())
                .map(log -> log.id().substring(0, 8))
                .forEach(number -> assertTrue(numbers.add(number), number + " is used twice"));
    }

    @ParameterizedTest
    @EnumSource(Log.class)
    void shouldStartWithItsId(Log log) {
        assertTrue(log.id().matches("COBJ[1-5]\\d{3}[IWED]"), log.id());
        assertEquals(log.id() + ": ", log.text().substring(0, log.id().length() + 2));
    }
}
