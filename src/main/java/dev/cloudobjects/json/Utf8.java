package dev.cloudobjects.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8, strictly: what {@code new String(bytes)} would quietly replace is refused. */
public final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** The text that the bytes are; empty when they are not UTF-8. */
    public static Optional<String> find(byte[] bytes) {
        return find(bytes, 0, bytes.length);
    }

    /** @throws MalformedMessage when the bytes are not UTF-8 */
    public static String decode(byte[] bytes, int from, int length) {
        return find(bytes, from, length).orElseThrow(() -> new MalformedMessage("the message is not valid UTF-8"));
    }

    private static Optional<String> find(byte[] bytes, int from, int length) {
        // Many times faster than the strict decoder, which is asked only about what may have been replaced.
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.of(text);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The text with U+FFFD for each half of a surrogate pair that is alone; nearly always the text itself. */
    static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else {
                repaired = repaired == null ? new StringBuilder(text) : repaired;
                repaired.setCharAt(i, REPLACEMENT);
            }
        }
        return repaired == null ? text : repaired.toString();
    }
}
