package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates the fields of administrators' calls. An invalid field is refused with code 400 and its name. */
final class Inputs {

    private static final int LONGEST = 128;
    private static final int MOST = 100;
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private Inputs() {}

    /** A required text. */
    static String text(String name, @Nullable String value) {
        return text(name, value, LONGEST);
    }

    /** A required text with a maximum length, in characters. */
    static String text(String name, @Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
            throw wrong(name, "expected 1 to " + longest + " characters, none of them a control character");
        }
        return value;
    }

    /** An optional text. */
    static @Nullable String optional(String name, @Nullable String value) {
        return value == null ? null : text(name, value);
    }

    /** A required list of texts, which may be empty. */
    static Set<String> texts(String name, @Nullable List<@Nullable String> values) {
        if (values == null || values.size() > MOST) {
            throw wrong(name, "expected a list of at most " + MOST + " texts");
        }
        Set<String> checked = new LinkedHashSet<>();
        values.forEach(value -> checked.add(text(name, value)));
        return checked;
    }

    /** The maximum number of rows of a page. */
    static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return PAGE;
        }
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw wrong("limit", "expected a whole number from 1 to " + LARGEST_PAGE);
        }
        return limit;
    }

    /** The exception for an invalid field. */
    static CloudObjectException wrong(String name, String problem) {
        return new CloudObjectException(Code.BAD_REQUEST, name + ": " + problem);
    }
}
