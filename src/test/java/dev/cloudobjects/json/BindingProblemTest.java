package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BindingProblemTest {

    public interface Shapeless {}

    public abstract static class Unfinished {}

    public record InRecord(List<InputStream> inside) {}

    public static class WithHelper {
        public String name = "";
        private final Thread helper = new Thread(() -> {});
    }

    static Stream<Type> unusable() {
        return Stream.of(
                Shapeless.class, Unfinished.class, InputStream.class, Thread.class, Class.class, Runnable.class, Supplier.class,
                AtomicInteger.class, Void.class, Iterable.class, InputStream[].class, InRecord.class, Stream.class, java.time.Clock.class);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void shouldBeNamed(Type type) {
        String problem = JsonMapper.findBindingProblem(type).orElseThrow();
        assertTrue(problem.startsWith("JSON can't be bound to "), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '`', value = {
        "java.lang.Object {}", "java.lang.String \"a\"", "java.lang.Number 1", "java.math.BigDecimal 1.5", "java.math.BigInteger 1",
        "java.util.UUID \"c0a8012e-0000-4000-8000-000000000000\"", "java.net.URI \"a\"", "java.net.URL \"http://a/\"",
        "java.nio.file.Path \"a\"", "java.util.Date \"2026-01-02T03:04:05Z[UTC]\"", "java.util.Calendar \"2026-01-02T03:04:05Z[UTC]\"",
        "java.util.TimeZone \"UTC\"",
        "java.time.Instant \"2026-01-02T03:04:05Z\"", "java.time.LocalDate \"2026-01-02\"", "java.time.LocalTime \"03:04:05\"",
        "java.time.LocalDateTime \"2026-01-02T03:04:05\"", "java.time.OffsetDateTime \"2026-01-02T03:04:05Z\"",
        "java.time.ZonedDateTime \"2026-01-02T03:04:05Z[UTC]\"", "java.time.Duration \"PT1S\"", "java.time.Period \"P1D\"",
        "java.time.ZoneId \"UTC\"", "java.time.DayOfWeek \"MONDAY\"",
        "java.util.Collection []", "java.util.List []", "java.util.Set []", "java.util.SortedSet []",
        "java.util.NavigableSet []", "java.util.Queue []", "java.util.Deque []", "java.util.ArrayList []", "java.util.LinkedHashSet []",
        "java.util.Map {}", "java.util.SortedMap {}", "java.util.NavigableMap {}", "java.util.HashMap {}", "java.util.TreeMap {}",
        "java.util.concurrent.ConcurrentMap {}", "jakarta.json.JsonObject {}", "jakarta.json.JsonValue 1"
    })
    void shouldBeNoneWhereJsonIsBound(String name, String json) throws Exception {
        Class<?> type = Class.forName(name);
        assertEquals(Optional.empty(), JsonMapper.findBindingProblem(type));
        JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);
        Object read = mapper.read(mapper.parse(json), type);
        assertTrue(type.isInstance(read), name);
    }

    @ParameterizedTest
    @MethodSource("beans")
    void shouldBeNoneOfABeanForAFieldThatNoClientFills(Type type) {
        assertEquals(Optional.empty(), JsonMapper.findBindingProblem(type));
    }

    static Stream<Type> beans() {
        return Stream.of(WithHelper.class, int.class, ByteBuffer.class, byte[].class);
    }
}
