package dev.cloudobjects.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsTest {

    private static final String PAGE = "/page.js";

    @TempDir
    private Path folder;

    private int read;

    /** @param real where the page lies, or null for in an archive */
    private Tags tags(@Nullable Path real) {
        return new Tags((ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getResource" -> folder.toUri().toURL();
                    case "getRealPath" -> real == null ? null : real.toString();
                    case "getResourceAsStream" -> {
                        read++;
                        boolean there = arguments[0].equals(PAGE);
                        byte[] content = real != null ? Files.readAllBytes(real) : "x".getBytes(StandardCharsets.UTF_8);
                        yield there ? new ByteArrayInputStream(content) : null;
                    }
                    default -> throw new UnsupportedOperationException(called.getName());
                }));
    }

    @Test
    void shouldReadAFileOfAnArchiveOnce() throws IOException {
        Tags tags = tags(null);
        Optional<EntityTag> first = tags.of(PAGE);
        assertEquals(first, tags.of(PAGE));
        assertEquals(1, read);
        assertEquals(Optional.empty(), tags.of("/nothing.js"));
    }

    @Test
    void shouldReadAFileOfAFolderAgainWhenItHasChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("page.js"), "old");
        Tags tags = tags(file);
        Optional<EntityTag> old = tags.of(PAGE);
        assertEquals(old, tags.of(PAGE));
        assertEquals(1, read);

        Files.writeString(file, "newer");
        assertNotEquals(old, tags.of(PAGE));
        assertEquals(2, read);
    }
}
