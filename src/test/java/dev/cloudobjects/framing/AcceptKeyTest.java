package dev.cloudobjects.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AcceptKeyTest {

    @Test
    void shouldAnswerTheKeyOfAHandshakeAsTheStandardSays() {
        // The example of RFC 6455, 1.3.
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", AcceptKey.of("dGhlIHNhbXBsZSBub25jZQ=="));
    }
}
