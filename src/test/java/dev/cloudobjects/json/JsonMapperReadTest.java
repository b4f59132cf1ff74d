package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMapperReadTest {

    private static final String TAGGED = "{\"type\":\"Buffer\",\"data\":\"AAH/\"}";
    private static final String NUMBERS = "{\"type\":\"Buffer\",\"data\":[0,1,255]}";
    private static final byte[] BYTES = {0, 1, -1};

    private final JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);

    public enum Color {
        RED,
        GREEN
    }

    public record Item(long id, double price, OptionalInt stock) {}

    public record Order(
            String name,
            int age,
            boolean vip,
            List<Item> items,
            Optional<String> nick,
            Instant at,
            Color color,
            Map<String, List<Item>> shelves,
            Set<Color> colors,
            int[] numbers,
            @JsonbProperty("_id") String id) {}

    public record Blob(byte[] one, List<byte[]> many, Map<String, byte[]> named, ByteBuffer buffer, byte[][] array) {}

    public record Loose(Object any, Map<String, Object> map, List<?> list, JsonObject json) {}

    public record Page<T>(List<T> rows, Map<String, T> named) {}

    public record Book(Page<Item> page) {}

    public record Checked(int amount) {
        public Checked {
            if (amount < 0) {
                throw new CloudObjectException(Code.FAIL, "amount must not be negative");
            }
        }
    }

    public record Unchecked(int amount) {
        public Unchecked {
            if (amount < 0) {
                throw new IllegalStateException("internal detail");
            }
        }
    }

    public static class Bean {
        public @Nullable String open;
        private int hidden;

        public int getHidden() {
            return hidden;
        }

        public void setHidden(int hidden) {
            this.hidden = hidden;
        }
    }

    private <T extends @Nullable Object> T read(String json, Type type) {
        return mapper.read(mapper.parse(json), type);
    }

    /** The generic type of a component of {@link Loose} or {@link Order}. */
    private static Type typeOf(Class<?> record, String component) {
        return Arrays.stream(record.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    @Nested
    class Records {

        @Test
        void shouldReadAllKindsOfComponents() {
            Order order = read(
                    """
                    {"name":"é👋","age":3,"vip":true,"items":[{"id":9007199254740993,"price":1.5,"stock":2}],"nick":"n",
                     "at":"2026-01-31T12:00:00Z","color":"GREEN","shelves":{"a":[{"id":5}]},"colors":["RED"],
                     "numbers":[1,2],"_id":"x","unknown":{"deep":[1]}}""",
                    Order.class);
            assertEquals("é👋", order.name());
            assertEquals(3, order.age());
            assertEquals(List.of(new Item(9007199254740993L, 1.5, OptionalInt.of(2))), order.items());
            assertEquals(Optional.of("n"), order.nick());
            assertEquals(Instant.parse("2026-01-31T12:00:00Z"), order.at());
            assertEquals(Color.GREEN, order.color());
            assertEquals(Map.of("a", List.of(new Item(5, 0, OptionalInt.empty()))), order.shelves());
            assertEquals(Set.of(Color.RED), order.colors());
            assertArrayEquals(new int[] {1, 2}, order.numbers());
            assertEquals("x", order.id());
        }

        @Test
        void shouldGiveMissingComponentsTheirDefault() {
            Order order = read("{}", Order.class);
            assertNull(order.name());
            assertEquals(0, order.age());
            assertEquals(Optional.empty(), order.nick());
        }

        @Test
        void shouldTakeNullForWhatCanBeNull() {
            Order order = read("{\"name\":null,\"items\":null,\"nick\":null,\"at\":null,\"color\":null}", Order.class);
            assertNull(order.name());
            assertNull(order.items());
            assertEquals(Optional.empty(), order.nick());
        }

        @Test
        void shouldReadGenericRecords() {
            Book book = read("{\"page\":{\"rows\":[{\"id\":1}],\"named\":{\"a\":{\"id\":2}}}}", Book.class);
            assertEquals(1, book.page().rows().get(0).id());
            assertEquals(2, book.page().named().get("a").id());
            MismatchedData refusal = assertThrows(
                    MismatchedData.class, () -> read("{\"page\":{\"rows\":[{\"id\":true}]}}", Book.class));
            assertEquals(
                    "page.rows[0].id: expected a whole number from -9223372036854775808 to 9223372036854775807, found true",
                    refusal.getMessage());
        }

        @Test
        void shouldReadBeans() {
            Bean bean = read("{\"open\":\"o\",\"hidden\":4}", Bean.class);
            assertEquals("o", bean.open);
            assertEquals(4, bean.getHidden());
        }
    }

    @Nested
    class Mismatches {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
            {"name":5}                      | name: expected a text, found 5
            {"name":{}}                     | name: expected a text, found an object
            {"age":3000000000}              | age: expected a whole number from -2147483648 to 2147483647, found 3000000000
            {"age":1.5}                     | age: expected a whole number from -2147483648 to 2147483647, found 1.5
            {"age":1e999}                   | age: expected a whole number from -2147483648 to 2147483647, found 1e999
            {"age":null}                    | age: expected a value, found null
            {"age":"x"}                     | age: expected a whole number from -2147483648 to 2147483647, found a text
            {"age":[1]}                     | age: expected a whole number from -2147483648 to 2147483647, found a list
            {"vip":"yes"}                   | vip: expected true or false, found a text
            {"vip":1}                       | vip: expected true or false, found 1
            {"vip":null}                    | vip: expected true or false, found null
            {"items":{}}                    | items: expected a list, found an object
            {"items":[{"id":1},{"id":"a"}]} | items[1].id: expected a whole number from -9223372036854775808 to 9223372036854775807, found a text
            {"items":[{"price":"a"}]}       | items[0].price: expected a number, found a text
            {"items":[1]}                   | items[0]: expected an object, found 1
            {"color":"BLUE"}                | color: expected one of RED, GREEN, found a text
            {"colors":["RED",1]}            | colors[1]: expected one of RED, GREEN, found 1
            {"shelves":{"a":1}}             | shelves.a: expected a list, found 1
            {"at":"yesterday"}              | at: this value is not valid here
            {"nick":7}                      | nick: expected a text, found 7
            {"_id":7}                       | _id: expected a text, found 7
            []                              | data: expected an object, found a list
            "x"                             | data: expected an object, found a text
            """)
        void shouldNameThePlaceAndWhatIsExpectedThere(String json, String message) {
            MismatchedData refusal = assertThrows(MismatchedData.class, () -> read(json, Order.class));
            assertEquals(message, refusal.getMessage().replace("1E+999", "1e999"));
        }

        @Test
        void shouldNotRepeatALongNameOfTheClient() {
            String json = "{\"" + "n".repeat(5000) + "\":1}";
            MismatchedData refusal =
                    assertThrows(MismatchedData.class, () -> read(json, typeOf(Order.class, "shelves")));
            assertEquals("n".repeat(100) + "…: expected a list, found 1", refusal.getMessage());
        }

        @Test
        void shouldPassOnWhatAConstructorTellsTheClient() {
            CloudObjectException refusal =
                    assertThrows(CloudObjectException.class, () -> read("{\"amount\":-1}", Checked.class));
            assertEquals("amount must not be negative", refusal.getMessage());
            assertEquals(1, mapper.<Checked>read(mapper.parse("{\"amount\":1}"), Checked.class).amount());
        }

        @Test
        void shouldHideWhatAConstructorTellsNobody() {
            MismatchedData refusal =
                    assertThrows(MismatchedData.class, () -> read("{\"amount\":-1}", Unchecked.class));
            assertEquals("the data is not valid here", refusal.getMessage());
        }
    }

    /** Of every type of numbers, its least and its greatest, and what is beyond. */
    @Nested
    class Ranges {

        static Stream<Arguments> types() {
            return Stream.of(
                    arguments(byte.class, "-128", "127", "128"),
                    arguments(Byte.class, "-128", "127", "-129"),
                    arguments(short.class, "-32768", "32767", "32768"),
                    arguments(Short.class, "-32768", "32767", "-32769"),
                    arguments(int.class, "-2147483648", "2147483647", "2147483648"),
                    arguments(Integer.class, "-2147483648", "2147483647", "-2147483649"),
                    arguments(OptionalInt.class, "-2147483648", "2147483647", "1e300"),
                    arguments(long.class, "-9223372036854775808", "9223372036854775807", "9223372036854775808"),
                    arguments(Long.class, "-9223372036854775808", "9223372036854775807", "1e300"),
                    arguments(OptionalLong.class, "-9223372036854775808", "9223372036854775807", "1e9999"),
                    arguments(float.class, "-3.4028235E38", "3.4028235E38", "3.5e38"),
                    arguments(Float.class, "-3.4028235E38", "3.4028235E38", "-1e300"),
                    arguments(double.class, "-1.7976931348623157E308", "1.7976931348623157E308", "1e9999"),
                    arguments(Double.class, "-1.7976931348623157E308", "1.7976931348623157E308", "-1e309"),
                    arguments(OptionalDouble.class, "-1.7976931348623157E308", "1.7976931348623157E308", "1e309"));
        }

        @ParameterizedTest
        @MethodSource("types")
        void shouldHold(Type type, String least, String greatest, String beyond) {
            assertEquals(least, text(read(least, type)));
            assertEquals(greatest, text(read(greatest, type)));
            for (String json : List.of(beyond, "1e9999", "-1e9999")) {
                MismatchedData refusal = assertThrows(MismatchedData.class, () -> read(json, type), json);
                assertTrue(refusal.getMessage().contains("number from -"), refusal.getMessage());
            }
        }

        @Test
        void shouldHoldForTextsToo() {
            assertThrows(MismatchedData.class, () -> read('"' + "9".repeat(40) + '"', float.class));
        }

        @Test
        void shouldHoldInside() {
            String[] items = {"{\"price\":1e9999}", "{\"stock\":1e9999}"};
            for (String item : items) {
                assertThrows(MismatchedData.class, () -> read("{\"items\":[" + item + "]}", Order.class));
            }
        }

        private static String text(Object value) {
            return String.valueOf(value).replaceAll("^Optional\\w+\\[(.*)]$", "$1");
        }
    }

    @Nested
    class Simple {

        @Test
        void shouldReadPlainValues() {
            assertEquals("x", read("\"x\"", String.class));
            assertEquals(5, this.<Integer>value("5", int.class));
            assertEquals(5, this.<Integer>value("5", Integer.class));
            assertEquals(1.5, this.<Double>value("1.5", double.class));
            assertEquals(true, this.<Boolean>value("true", boolean.class));
            assertEquals(new BigDecimal("0.1"), read("0.1", BigDecimal.class));
        }

        private <T> T value(String json, Type type) {
            return read(json, type);
        }

        @Test
        void shouldReadNumbersAndTruthFromTextsAsAQueryHasThem() {
            Order order = read("{\"age\":\"12\",\"vip\":\"true\"}", Order.class);
            assertEquals(12, order.age());
            assertEquals(true, order.vip());
        }

        @Test
        void shouldReadWholeNumbersInAnyNotation() {
            assertEquals(1000, this.<Integer>value("1e3", int.class));
            assertEquals(1, this.<Integer>value("1.0", int.class));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.5", "2147483648", "true", "[]", "\"\"", "null"})
        void shouldRefuseWhatIsNoInt(String json) {
            assertThrows(MismatchedData.class, () -> read(json, int.class));
        }

        @Test
        void shouldReadJsonAsItIs() {
            assertEquals(mapper.tree(mapper.parse("{\"a\":[1]}")), read("{\"a\":[1]}", JsonObject.class));
            assertInstanceOf(JsonArray.class, read("[1]", JsonArray.class));
            assertSame(JsonValue.NULL, read("null", JsonValue.class));
            assertNull(mapper.<@Nullable JsonObject>read(Payload.NULL, JsonObject.class));
            assertThrows(MismatchedData.class, () -> read("[1]", JsonObject.class));
        }

        /** A client that says nothing gives whoever takes an object no other case than one that says {@code {}}. */
        @Test
        void shouldReadNothingAsARecordOrABeanWithoutMembers() {
            Order empty = read("{}", Order.class);
            assertEquals(empty, this.<Order>value("null", Order.class));
            assertEquals(empty, this.<Order>value(" null ", Order.class));
            assertEquals(0, this.<Bean>value("null", Bean.class).getHidden());
            assertNull(this.<@Nullable Map<?, ?>>value("null", Map.class));
            assertNull(this.<@Nullable String>value("null", String.class));
            assertNull(this.<@Nullable Object>value("null", Object.class));
        }

        @Test
        void shouldReadObjectsAsMapsAndListsInTheirOrder() {
            Object value = read("{\"z\":1,\"a\":[true,null,\"s\",{\"b\":2.5}]}", Object.class);
            assertEquals("{z=1, a=[true, null, s, {b=2.5}]}", value.toString());
            assertEquals(new BigDecimal("1"), ((Map<?, ?>) value).get("z"));
        }

        @Test
        void shouldReadRawAndGenericMaps() {
            assertEquals("{a=1, b={c=null}}", read("{\"a\":1,\"b\":{\"c\":null}}", Map.class).toString());
            assertEquals("{a=1}", read("{\"a\":1}", typeOf(Loose.class, "map")).toString());
            assertEquals("[1, x]", read("[1,\"x\"]", typeOf(Loose.class, "list")).toString());
            assertThrows(MismatchedData.class, () -> read("[]", Map.class));
        }
    }

    @Nested
    class Bytes {

        @ParameterizedTest
        @ValueSource(strings = {TAGGED, NUMBERS})
        void shouldReadBothFormsAtTheTop(String json) {
            assertArrayEquals(BYTES, this.<byte[]>value(json, byte[].class));
            assertEquals(ByteBuffer.wrap(BYTES), read(json, ByteBuffer.class));
            assertArrayEquals(BYTES, (byte[]) read(json, Object.class));
        }

        private <T> T value(String json, Type type) {
            return read(json, type);
        }

        @ParameterizedTest
        @ValueSource(strings = {TAGGED, NUMBERS})
        void shouldReadBothFormsAnywhere(String form) {
            Blob blob = read(
                    "{'one':F,'many':[F],'named':{'a':F},'buffer':F,'array':[F]}".replace('\'', '"').replace("F", form),
                    Blob.class);
            assertArrayEquals(BYTES, blob.one());
            assertArrayEquals(BYTES, blob.many().get(0));
            assertArrayEquals(BYTES, blob.named().get("a"));
            assertEquals(ByteBuffer.wrap(BYTES), blob.buffer());
            assertArrayEquals(BYTES, blob.array()[0]);
        }

        @Test
        void shouldReadThemWhereAnythingFits() {
            Loose loose = read(
                    "{'any':F,'map':{'a':F,'b':[F]},'list':[F],'json':F}".replace('\'', '"').replace("F", TAGGED),
                    Loose.class);
            assertArrayEquals(BYTES, (byte[]) loose.any());
            assertArrayEquals(BYTES, (byte[]) loose.map().get("a"));
            assertArrayEquals(BYTES, (byte[]) ((List<?>) loose.map().get("b")).get(0));
            assertArrayEquals(BYTES, (byte[]) loose.list().get(0));
            assertEquals("AAH/", loose.json().getString("data"));
        }

        @Test
        void shouldLeaveWhatOnlyLooksLikeBytesAnObject() {
            Loose loose = read("{\"any\":{\"type\":\"Buffer\",\"data\":[256]}}", Loose.class);
            assertEquals("{type=Buffer, data=[256]}", loose.any().toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"one\":[1,2]}", "{\"one\":\"AAH/\"}", "{\"one\":{\"type\":\"Buffer\",\"data\":[256]}}"})
        void shouldRefuseOtherThingsForBytes(String json) {
            MismatchedData refusal = assertThrows(MismatchedData.class, () -> read(json, Blob.class));
            assertEquals("one: expected bytes, found", refusal.getMessage().substring(0, 26));
        }

        @Test
        void shouldReadBinaryDataAsBytesOnly() {
            Payload binary = new Payload.Binary(BYTES);
            assertArrayEquals(BYTES, mapper.<byte[]>read(binary, byte[].class));
            assertEquals(ByteBuffer.wrap(BYTES), mapper.read(binary, ByteBuffer.class));
            assertArrayEquals(BYTES, (byte[]) mapper.<Object>read(binary, Object.class));
            for (Type type : List.of(String.class, Order.class, Map.class, JsonValue.class, int.class)) {
                MismatchedData refusal = assertThrows(MismatchedData.class, () -> mapper.read(binary, type));
                assertEquals("data: expected JSON, found binary data", refusal.getMessage());
            }
            assertEquals(mapper.tree(mapper.parse(TAGGED)), mapper.tree(binary));
        }
    }
}
