package dev.cloudobjects.json;

import jakarta.json.JsonValue;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;

/** The types of the platform that JSON can be bound to. */
final class BindableTypes {

    private static final Set<Class<?>> VALUES = Set.of(
            Object.class, String.class, CharSequence.class, Boolean.class, Character.class,
            Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class, Number.class,
            BigDecimal.class, BigInteger.class,
            Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class,
            ByteBuffer.class, UUID.class, URI.class, URL.class, Path.class,
            Date.class, Calendar.class, GregorianCalendar.class, TimeZone.class, SimpleTimeZone.class,
            java.sql.Date.class, java.sql.Timestamp.class);

    private static final Set<Class<?>> CONTAINERS = Set.of(
            Collection.class, List.class, Set.class, SortedSet.class, NavigableSet.class,
            Queue.class, Deque.class, Map.class, SortedMap.class, NavigableMap.class, ConcurrentMap.class,
            EnumMap.class, EnumSet.class);

    private BindableTypes() {}

    static boolean contains(Class<?> type) {
        return type.isPrimitive()
                || VALUES.contains(type)
                || CONTAINERS.contains(type)
                || JsonValue.class.isAssignableFrom(type)
                || isOfTime(type)
                || isConcreteContainer(type);
    }

    private static boolean isOfTime(Class<?> type) {
        return type.getPackageName().equals("java.time") && type != java.time.Clock.class && !type.isInterface();
    }

    private static boolean isConcreteContainer(Class<?> type) {
        return (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
                && !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }
}
