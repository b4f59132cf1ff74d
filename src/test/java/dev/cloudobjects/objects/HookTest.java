package dev.cloudobjects.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HookTest {

    public static class Room {
        private final String name;

        Room(String name) {
            this.name = name;
        }

        Object _before() {
            return name;
        }

        @SuppressWarnings("unused")
        private void hidden() {}

        Object _after(Object how) throws IOException {
            if (how instanceof IOException failure) {
                throw failure;
            }
            return how;
        }
    }

    /** What the container makes of a class that has interceptors. */
    public static class Intercepted extends Room {
        Intercepted(String name) {
            super(name);
        }

        @Override
        Object _before() {
            return "intercepted";
        }
    }

    private static Hook hook(String name, Class<?>... parameters) throws NoSuchMethodException {
        return Hook.of(Room.class.getDeclaredMethod(name, parameters));
    }

    @Test
    void shouldRunOnTheInstanceWithoutItsInterceptors() throws Throwable {
        assertEquals("a", hook("_before").invoke(new Intercepted("a"), null));
    }

    @Test
    void shouldGetItsArgument() throws Throwable {
        Object argument = new Object();
        assertSame(argument, hook("_after", Object.class).invoke(new Room("a"), argument));
    }

    @Test
    void shouldIgnoreAnArgumentThatItDoesNotTake() throws Throwable {
        assertEquals("a", hook("_before").invoke(new Room("a"), "argument"));
    }

    @Test
    void shouldBeOfAnyVisibilityAndReturnNothing() throws Throwable {
        assertNull(hook("hidden").invoke(new Intercepted("a"), null));
    }

    @Test
    void shouldThrowWhatTheMethodThrows() throws Exception {
        IOException failure = new IOException("broken");
        Hook after = hook("_after", Object.class);
        assertSame(failure, assertThrows(IOException.class, () -> after.invoke(new Room("a"), failure)));
    }
}
