package dev.cloudobjects.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.socket.MessageAssembler.TooLargeException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAssemblerTest {

    private final MessageAssembler assembly = new MessageAssembler(10, 3);

    @Nested
    class Joining {

        @Test
        void shouldGiveAWholeMessageAtOnce() throws Exception {
            assertEquals(Optional.of("whole"), assembly.add("whole", true));
            byte[] bytes = {1, 2};
            assertArrayEquals(bytes, assembly.add(bytes, true).orElseThrow());
        }

        @Test
        void shouldPutFragmentsTogether() throws Exception {
            assertEquals(Optional.empty(), assembly.add("a", false));
            assertEquals(Optional.empty(), assembly.add("b", false));
            assertEquals(Optional.of("abc"), assembly.add("c", true));
            assembly.add(new byte[] {1}, false);
            assertArrayEquals(new byte[] {1, 2}, assembly.add(new byte[] {2}, true).orElseThrow());
        }

        @Test
        void shouldSayWhetherMoreIsToCome() throws Exception {
            assertFalse(assembly.isIncomplete());
            assembly.add("a", false);
            assertTrue(assembly.isIncomplete());
            assembly.add("b", true);
            assertFalse(assembly.isIncomplete());
        }

        @Test
        void shouldStartAnewAfterEachMessage() throws Exception {
            for (int i = 0; i < 100; i++) {
                assembly.add("12345", false);
                assertEquals(Optional.of("1234567890"), assembly.add("67890", true));
            }
        }

        @Test
        void shouldTakeEmptyFragments() throws Exception {
            assembly.add("", false);
            assertEquals(Optional.of(""), assembly.add("", true));
            assertEquals(0, assembly.add(new byte[0], true).orElseThrow().length);
        }
    }

    @Nested
    class Size {

        @Test
        void shouldBeCountedOverAllFragments() throws Exception {
            assembly.add("12345", false);
            assertEquals(Optional.of("1234567890"), assembly.add("67890", true));
            assembly.add("12345", false);
            assertThrows(TooLargeException.class, () -> assembly.add("678901", true));
        }

        @Test
        void shouldHoldForBytesToo() throws Exception {
            assembly.add(new byte[10], true);
            assertThrows(TooLargeException.class, () -> assembly.add(new byte[11], true));
        }

        @Test
        void shouldBeMetBeforeTheLastFragment() throws Exception {
            assembly.add(new byte[10], false);
            assertThrows(TooLargeException.class, () -> assembly.add(new byte[1], false));
        }

        @Test
        void shouldStayTooLarge() {
            assertThrows(TooLargeException.class, () -> assembly.add(new byte[11], false));
            assertThrows(TooLargeException.class, () -> assembly.add(new byte[1], true));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "é", "界", "😀", "aé界😀", "\u0000", "߿", "ࠀ", "\uFFFF"})
        void shouldBeThatOfUtf8(String text) throws Exception {
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            assertEquals(Optional.of(text), new MessageAssembler(size, 1).add(text, true));
            if (size > 1) {
                assertThrows(TooLargeException.class, () -> new MessageAssembler(size - 1, 1).add(text, true));
            }
        }

        @Test
        void shouldCountASurrogatePairThatIsSplit() throws Exception {
            MessageAssembler four = new MessageAssembler(4, 2);
            four.add("\uD83D", false);
            assertEquals(Optional.of("😀"), four.add("\uDE00", true));
        }

        @Test
        void shouldNotOverflow() throws Exception {
            MessageAssembler most = new MessageAssembler(Integer.MAX_VALUE, 100_000);
            byte[] part = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                most.add(part, false);
            }
        }
    }

    @Nested
    class Fragments {

        @Test
        void shouldBeCounted() throws Exception {
            assembly.add("a", false);
            assembly.add("b", false);
            assembly.add("c", true);
            assembly.add("a", false);
            assembly.add("b", false);
            assembly.add("c", false);
            assertThrows(TooLargeException.class, () -> assembly.add("", true));
        }
    }
}
