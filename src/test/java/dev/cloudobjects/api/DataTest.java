package dev.cloudobjects.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.session.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataTest {

    @Test
    void shouldHaveItsMembersInOrderWithNull() {
        Data data = Data.of("b", 1, "a", null, "c", Data.of("d", List.of(1, 2)));
        assertEquals(List.of("b", "a", "c"), List.copyOf(data.keySet()));
        assertTrue(data.containsKey("a"));
        assertNull(data.get("a"));
        assertEquals("{\"b\":1,\"a\":null,\"c\":{\"d\":[1,2]}}", Bench.JSON.write(data).text());
    }

    @Test
    void shouldGiveNewDataWithOneMoreMember() {
        Data one = Data.of("a", 1);
        assertEquals(Map.of("a", 1, "b", 2), one.with("b", 2));
        assertEquals(Map.of("a", 3), one.with("a", 3));
        assertEquals(Map.of("a", 1), one);
        assertEquals("{}", Bench.JSON.write(Data.of()).text());
    }

    @Test
    void shouldNotBeChanged() {
        Data data = Data.of("a", 1);
        assertThrows(UnsupportedOperationException.class, () -> data.put("b", 2));
        assertThrows(UnsupportedOperationException.class, () -> data.remove("a"));
        assertThrows(UnsupportedOperationException.class, () -> data.entrySet().iterator().next().setValue(2));
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertMessage("the last name, b, has no value", () -> Data.of("a", 1, "b"));
        assertMessage("expected the name of a member, found 2", () -> Data.of("a", 1, 2, "b"));
        assertMessage("expected the name of a member, found null", () -> Data.of("a", 1, null, "b"));
        assertMessage("the member a is given twice", () -> Data.of("a", 1, "a", 2));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
