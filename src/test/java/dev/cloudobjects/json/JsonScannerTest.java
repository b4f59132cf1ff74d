package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "-0", "-0.0e+00", "1E5", "\"\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "true", "false", "null", "[]", "{}",
                " [ ] ", "\t{\r\n}", "[[],{},[1,[2]]]", "{\"\":{\"\":{}}}", "\"\\ud83d\\udc4b\"", "\"\u007f\u2028\"", "[{\"a\":1},{\"a\":2}]"
            })
    void shouldTakeValidJson(String json) {
        scan(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
        ``             | 0  | the text ends too early
        [1,]           | 3  | expected a value
        [1 2]          | 3  | expected ',' or ']'
        [1}            | 2  | expected ',' or ']'
        {"a":1]        | 6  | expected ',' or '}'
        {"a" 1}        | 5  | expected ':'
        {a:1}          | 1  | expected a name in double quotes
        {"a":1,}       | 7  | expected a name in double quotes
        {"a":1,"a":2}  | 7  | the same name twice in one object
        ]              | 0  | expected a value
        tru            | 0  | expected a value
        nullx          | 4  | expected the end of the text
        01             | 1  | expected the end of the text
        1.             | 2  | expected a digit
        .5             | 0  | expected a value
        +1             | 0  | expected a value
        -              | 1  | expected a digit
        1e             | 2  | expected a digit
        1e+            | 3  | expected a digit
        "a             | 2  | the text ends too early
        "\\x"          | 2  | an unknown escape
        "\\u12g4"      | 5  | expected four hexadecimal digits
        "\\u１２３４"  | 3  | expected four hexadecimal digits
        "\\ud83d"      | 7  | half of a surrogate pair
        "\\udc4b"      | 6  | half of a surrogate pair
        [1] // no      | 4  | expected the end of the text
        """)
    void shouldSayWhereJsonIsMalformed(String json, int position, String problem) {
        MalformedMessage refusal = assertThrows(MalformedMessage.class, () -> scan(json));
        assertEquals("malformed JSON at position " + position + ": " + problem, refusal.getMessage());
    }

    @Test
    void shouldRefuseControlCharactersInStrings() {
        for (char c = 0; c < 0x20; c++) {
            String json = "\"" + c + "\"";
            assertThrows(MalformedMessage.class, () -> scan(json));
        }
    }

    @Test
    void shouldTellWhereTheMembersOfTheRootAre() {
        JsonOutline outline = scan(" { \"a\" : [1, {\"x\":2}] , \"b\\u0063\":\"}\" } ");
        assertEquals('{', outline.first());
        assertEquals(2, outline.members().size());
        assertEquals("[1, {\"x\":2}]", outline.members().get(0).value());
        assertEquals("bc", outline.members().get(1).name());
        assertEquals("\"}\"", outline.members().get(1).value());
        assertTrue(scan("[{\"a\":1}]").members().isEmpty());
    }

    /** Random damage to a text: what the scanner takes, the JSON library takes too. */
    @Test
    void shouldNeverTakeWhatTheLibraryRefuses() {
        String seed = "{\"a\":[1,-2.5e3,true,null],\"b\":{\"c\":\"x\\u00e9\\n\"},\"d\":\"\"}";
        String letters = "{}[]\",:\\u0019eE+-.tfn ax";
        Random random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(seed);
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
                }
            }
            if (isTaken(text.toString())) {
                taken++;
                assertTrue(libraryTakes(text.toString()), () -> text + " was taken");
            }
        }
        assertTrue(taken > 1000, "only " + taken + " were valid: the damage is too great to show anything");
    }

    private static boolean isTaken(String text) {
        try {
            scan(text);
            return true;
        } catch (MalformedMessage e) {
            return false;
        }
    }

    private static boolean libraryTakes(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            reader.readValue();
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static JsonOutline scan(String json) {
        return JsonScanner.scan(json, TestLimits.LIMITS);
    }
}
