package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What it writes is compared with what JSON-B writes. */
class PlainJsonTest {

    private static final Jsonb JSONB = JsonbBuilder.create(
            new JsonbConfig().withSerializers(new TaggedBytes.OfArray(), new TaggedBytes.OfBuffer()));

    public record Point(int x, int y) {}

    private static void assertAsJsonB(Object data) {
        assertEquals(JSONB.toJson(data), PlainJson.write(data));
    }

    static Stream<Object> numbers() {
        return Stream.of(
                0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE,
                Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53,
                (short) -7, Short.MIN_VALUE, (byte) -128,
                0.0, -0.0, 1.0, 0.1, 1e7, 1.5e-9, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1234567890123.25,
                new BigInteger("123456789012345678901234567890"), BigInteger.ZERO,
                new BigDecimal("1.50"), new BigDecimal("-0"), new BigDecimal("1E+5"), new BigDecimal("1E-12"),
                new BigDecimal("12345678901234567890.123456789"), BigDecimal.TEN);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void shouldWriteNumbersAsJsonBDoes(Object number) {
        assertAsJsonB(number);
        assertAsJsonB(List.of(number));
        assertAsJsonB(Map.of("n", number));
    }

    @Test
    void shouldWriteEveryCharacterAsJsonBDoes() {
        for (int i = 0; i <= Character.MAX_VALUE; i++) {
            String text = "a" + (char) i + "b";
            assertEquals(JSONB.toJson(text), PlainJson.write(text), () -> text);
        }
        String all = IntStream.range(0, 256).mapToObj(i -> String.valueOf((char) i)).reduce("", String::concat);
        assertAsJsonB(Map.of(all, all));
        assertAsJsonB("👋");
        assertAsJsonB("");
    }

    @Test
    void shouldWriteWhatIsNestedAsJsonBDoes() {
        byte[] bytes = {0, 1, -1};
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("null", null);
        map.put("yes", true);
        map.put("no", Boolean.FALSE);
        map.put("bytes", bytes);
        map.put("buffer", ByteBuffer.wrap(bytes, 1, 2));
        map.put("direct", ByteBuffer.allocateDirect(3).put(bytes).flip());
        map.put("list", Arrays.asList(1, null, "x", bytes, List.of()));
        map.put("set", new LinkedHashSet<>(List.of(3, 1)));
        map.put("queue", new ArrayDeque<>(List.of("q")));
        map.put("copied", new CopyOnWriteArrayList<>(List.of(1.5)));
        map.put("sorted", new TreeMap<>(Map.of("b", 1, "a", Map.of())));
        map.put("concurrent", new ConcurrentHashMap<>(Map.of("k", "v")));
        map.put("single", Collections.singletonMap("none", null));
        map.put("fixed", Collections.unmodifiableMap(new HashMap<>(Map.of("", ""))));
        assertAsJsonB(map);
        assertAsJsonB(List.of(map, map));
        assertAsJsonB(bytes);
        assertAsJsonB(Map.of());
        assertAsJsonB(List.of());
    }

    @Test
    void shouldWriteWhateverIsPlainAsJsonBDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            assertAsJsonB(List.of(Optional.ofNullable(any(random, 4)).orElse("")));
        }
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case 5 -> new BigDecimal(new BigInteger(80, random), random.nextInt(40) - 20);
            case 6 -> text(random);
            case 7 -> {
                List<Object> list = new ArrayList<>();
                IntStream.range(0, random.nextInt(4)).forEach(i -> list.add(any(random, depth - 1)));
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                IntStream.range(0, random.nextInt(4)).forEach(i -> map.put(text(random), any(random, depth - 1)));
                yield map;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(8), 0, 300).forEach(c -> text.append((char) c));
        return text.toString();
    }

    static Stream<Object> others() {
        return Stream.of(
                new Point(1, 2),
                Instant.EPOCH,
                TimeUnit.DAYS,
                Optional.of(1),
                new AtomicInteger(1),
                'c',
                1.5f,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                new int[] {1},
                List.of((Object) new Object[] {1}),
                JsonValue.EMPTY_JSON_OBJECT,
                JsonValue.TRUE,
                Map.of(1, "a"),
                Collections.singletonMap(null, "a"),
                // Of a class that is not the JDK's.
                new HashMap<String, Object>() {},
                new ArrayList<Object>() {});
    }

    @ParameterizedTest
    @MethodSource("others")
    void shouldLeaveEverythingElseToJsonB(Object other) {
        assertNull(PlainJson.write(other));
        assertNull(PlainJson.write(List.of("a", other)));
        assertNull(PlainJson.write(Map.of("a", List.of(other))));
    }

    @Test
    void shouldLeaveToJsonBWhatContainsItself() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", List.of(circle));
        assertNull(PlainJson.write(circle));
    }
}
