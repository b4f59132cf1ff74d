package dev.cloudobjects.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "template/web-socket/web-socket", "template/pub.web-socket", "A_1/b.c/-", "...", "a/.b"})
    void shouldTakeAPath(String path) {
        assertEquals(path, new ObjectPath(path).value());
        assertTrue(ObjectPath.isValid(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a b", "a%2Fb", "a\\b", "ä", "a;b", "a?b", "a\n"
            })
    void shouldRefuseWhatIsNone(String path) {
        assertFalse(ObjectPath.isValid(path));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new ObjectPath(path));
        assertTrue(refusal.getMessage().contains(path), refusal.getMessage());
    }

    @Test
    void shouldTake256CharactersAndNoMore() {
        assertTrue(ObjectPath.isValid("a".repeat(256)));
        assertFalse(ObjectPath.isValid("a".repeat(257)));
    }

    @Test
    void shouldTellDirectoriesAndName() {
        ObjectPath path = new ObjectPath("template/web-socket/pub.chat");
        assertEquals(List.of("template", "web-socket"), path.directories());
        assertEquals("pub.chat", path.name());
        assertEquals(List.of(), new ObjectPath("chat").directories());
    }
}
