package dev.cloudobjects.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Converts texts to values. Each method throws an IllegalArgumentException with the reason. */
final class Parsers {

    /** 1 GiB. Far enough below the maximum of an int that adding the size of a header can't overflow. */
    static final int MOST_BYTES = 1 << 30;

    private Parsers() {}

    static Path path(String text) {
        return Path.of(text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text);
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }

    /** The setting values for the constants of an enum, in their order. */
    static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Parsers::word).toList();
    }

    static <E extends Enum<E>> E choice(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of them"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static int count(String text, int least) {
        return count(text, least, Integer.MAX_VALUE);
    }

    static int count(String text, int least, int most) {
        int value = Integer.parseInt(text);
        if (value < least) {
            throw new IllegalArgumentException("below " + least);
        }
        if (value > most) {
            throw new IllegalArgumentException("above " + most);
        }
        return value;
    }

    static long size(String text) {
        long value = Long.parseLong(text);
        if (value < 1) {
            throw new IllegalArgumentException("below 1");
        }
        return value;
    }

    static Duration duration(String text) {
        try {
            Duration value = Duration.parse(text);
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("not positive");
            }
            return value;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
