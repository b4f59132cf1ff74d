package dev.cloudobjects.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    private static EntityTag of(String content) throws IOException {
        return EntityTag.of(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldBeTheSameForTheSameContentOnly() throws IOException {
        assertEquals(of("export {};"), of("export {};"));
        assertNotEquals(of("export {};").value(), of("export {}:").value());
        assertEquals(10, of("export {};").length());
        assertTrue(of("").value().matches("\"[A-Za-z0-9_-]{22}\""), of("").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "W/%s", "\"a\", %s", "\"a,b\",%s,\"c\"", "W/\"a\", W/%s", "*", " * "})
    void shouldBeNamed(String header) throws IOException {
        EntityTag tag = of("x");
        assertTrue(tag.isNamedBy(header.formatted(tag.value())), header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a\"", "W/\"a\"", "\"*\"", "a*", "%s-"})
    void shouldNotBeNamed(String header) throws IOException {
        EntityTag tag = of("x");
        assertFalse(tag.isNamedBy(header.formatted(tag.value().replace("\"", ""))), header);
    }
}
