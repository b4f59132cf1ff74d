package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The SDK has the server's codes, all of them, and by them the server's rule of who may come back. */
class SdkCodesTest {

    private static final Path CODES = Path.of("src/main/webapp/sdk/codes.js");

    @Test
    void shouldHaveTheServersCloseCodes() throws IOException {
        assertEquals(expected(CloseCode.values(), CloseCode::name, CloseCode::value), mirrored("CloseCode"));
    }

    @Test
    void shouldHaveTheServersErrorCodes() throws IOException {
        assertEquals(expected(Code.values(), Code::name, Code::value), mirrored("Code"));
    }

    @Test
    void shouldComeBackAfterTheSameCloses() {
        String script = "import('" + CODES.toUri() + "').then(({CloseCode, mayReconnect}) => "
                + "process.stdout.write(Object.keys(CloseCode).filter((k) => mayReconnect(CloseCode[k])).join()))";
        Node.Outcome outcome = Node.run(Map.of(), List.of("-e", script));
        String expected = Arrays.stream(CloseCode.values())
                .filter(CloseCode::mayReconnect)
                .map(CloseCode::name)
                .collect(Collectors.joining(","));
        assertEquals(expected, outcome.out(), outcome.err());
    }

    private static <E> Map<String, Integer> expected(E[] values, Function<E, String> name, ToIntFunction<E> value) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (E each : values) {
            codes.put(name.apply(each), value.applyAsInt(each));
        }
        return codes;
    }

    private static Map<String, Integer> mirrored(String constant) throws IOException {
        Matcher object = Pattern.compile("export const " + constant + " = Object\\.freeze\\(\\{(.*?)}\\)", Pattern.DOTALL)
                .matcher(Files.readString(CODES));
        Map<String, Integer> codes = new LinkedHashMap<>();
        if (object.find()) {
            Matcher member = Pattern.compile("(\\w+): (-?\\d+),").matcher(object.group(1));
            while (member.find()) {
                codes.put(member.group(1), Integer.valueOf(member.group(2)));
            }
        }
        return codes;
    }
}
