package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class Slf4jProviderTest {

    private static final String NAME = "library.of.the.test";

    private final java.util.logging.Logger target = Loggers.named(NAME);
    private final Logger logger = LoggerFactory.getLogger(NAME);
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void hear() {
        target.addHandler(handler);
        target.setUseParentHandlers(false);
        target.setLevel(Level.ALL);
    }

    @AfterEach
    void leave() {
        target.removeHandler(handler);
        target.setUseParentHandlers(true);
        target.setLevel(null);
    }

    @Test
    void shouldBeTheOneOfThisProject() {
        assertEquals(Slf4jLogger.class, logger.getClass());
        assertSame(logger, LoggerFactory.getLogger(NAME));
        assertSame(target, java.util.logging.Logger.getLogger(NAME));
    }

    @Test
    void shouldWriteWhatALibraryLogs() {
        Throwable cause = new IllegalStateException("of the test");
        logger.warn("{} of {0} 'parts'", 3, cause);
        LogRecord line = lines.get(0);
        assertEquals("3 of {0} 'parts'", new SimpleFormatter().formatMessage(line));
        assertEquals(List.of(NAME, NAME, cause), List.of(line.getLoggerName(), line.getSourceClassName(), line.getThrown()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheLevels(org.slf4j.event.Level level) {
        for (Level limit : List.of(Level.FINEST, Level.FINE, Level.INFO, Level.WARNING, Level.SEVERE)) {
            lines.clear();
            target.setLevel(limit);
            logger.atLevel(level).log("a line");
            assertEquals(logger.isEnabledForLevel(level) ? 1 : 0, lines.size(), limit::toString);
            lines.forEach(line -> assertEquals(expected(level), line.getLevel()));
            assertEquals(expected(level).intValue() >= limit.intValue(), !lines.isEmpty(), limit::toString);
        }
    }

    private static Level expected(org.slf4j.event.Level level) {
        return switch (level) {
            case TRACE -> Level.FINEST;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }
}
