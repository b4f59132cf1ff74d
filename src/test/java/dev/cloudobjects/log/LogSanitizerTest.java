package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSanitizerTest {

    private static String printed(Throwable thrown) {
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all));
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            chars = {'\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029', '\u202e', '\u200f', '\ud800'})
    void shouldReplaceWhatIsNoVisibleCharacter(char harmful) {
        assertEquals("a?b", LogSanitizer.text("a" + harmful + "b"));
    }

    @Test
    void shouldKeepWhatPeopleWrite() {
        assertEquals("ü 漢字 \uD83D\uDE00 {0} '", LogSanitizer.text("ü 漢字 \uD83D\uDE00 {0} '"));
        assertEquals("null", LogSanitizer.text(null));
    }

    @Test
    void shouldCutWhatIsTooLong() {
        assertEquals("x".repeat(500) + "…", LogSanitizer.text("x".repeat(1_000_000)));
        assertEquals("x".repeat(499) + "?…", LogSanitizer.text("x".repeat(499) + "\uD83D\uDE00"));
    }

    @Test
    void shouldKeepAThrowableThatDoesNoHarm() {
        Throwable thrown = new IllegalStateException("fine", new IllegalArgumentException("too"));
        assertSame(thrown, LogSanitizer.thrown(thrown));
    }

    @Test
    void shouldPrintAThrowableWithoutLinesThatPoseAsOthers() {
        Throwable thrown = new IllegalStateException("first", new IllegalArgumentException("x\nCOBJ1001I: forged"));
        thrown.addSuppressed(new RuntimeException("y\r\nCOBJ1002I: forged"));
        String printed = printed(LogSanitizer.thrown(thrown));
        assertFalse(printed.contains("\nCOBJ"), printed);
        assertTrue(printed.startsWith("java.lang.IllegalStateException: first"), printed);
        assertTrue(printed.contains("Caused by: java.lang.IllegalArgumentException: x?COBJ1001I: forged"), printed);
        assertTrue(printed.contains("Suppressed: java.lang.RuntimeException: y??COBJ1002I: forged"), printed);
        assertTrue(printed.contains("at dev.cloudobjects.log.LogSanitizerTest.should"), printed);
    }

    @Test
    void shouldComeToAnEndWithThrowablesThatDoNot() {
        Throwable thrown = new RuntimeException("x\ny");
        for (int i = 0; i < 1_000; i++) {
            thrown = new RuntimeException("deep", thrown);
        }
        assertFalse(printed(LogSanitizer.thrown(thrown)).contains("\ny"));
        Throwable one = new RuntimeException("one");
        Throwable two = new RuntimeException("two", one);
        one.initCause(two);
        assertFalse(printed(LogSanitizer.thrown(two)).isEmpty());
    }
}
