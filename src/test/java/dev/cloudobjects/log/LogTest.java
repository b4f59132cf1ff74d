package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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

    @Test
    void shouldNotThrowWhereNothingCanBeWritten() {
        Handler full = new Handler() {
            @Override
            public void publish(LogRecord line) {
                throw new OutOfMemoryError("a test");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.cloudobjects");
        logger.addHandler(full);
        try {
            assertDoesNotThrow(() -> Log.LOOP_FAILED.log(new IllegalStateException("a test")));
            assertDoesNotThrow(() -> Log.STOPPED.log(1));
        } finally {
            logger.removeHandler(full);
        }
    }

    @Test
    void shouldNotThrowWhenWhatFailedCannotSayWhatItIs() {
        assertDoesNotThrow(() -> Log.LOOP_FAILED.log(new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("a test");
            }
        }));
    }
}
