package dev.cloudobjects.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The access level of a method and the rule that determines it. Immutable.
 *
 * <p>The rule with the highest weight applies: 0 the default, kh; 1 a directory of the path; 2 the object's name; 3 the
 * method's name; 10 an annotation on the class; 11 an annotation on the method. Of rules with equal weight, the strictest
 * applies.
 *
 * @param access the access level
 * @param weight the weight of the rule that applies
 * @param reason the description of that rule: {@code directory 'sys' of the path, weight 1}
 */
public record AccessRule(Access access, int weight, String reason) {

    private static final Comparator<AccessRule> BY_WEIGHT =
            Comparator.comparingInt(AccessRule::weight).thenComparing(AccessRule::access);

    /**
     * Determines the access level of a method that is not {@linkplain #isPrivate private}.
     *
     * @param onMethod the level of an annotation on the method, or {@code null}
     * @param onClass the level of an annotation on the class, or {@code null}
     */
    public static AccessRule decide(
            ObjectPath path, String method, @Nullable Access onMethod, @Nullable Access onClass) {
        Stream<Optional<AccessRule>> rules = Stream.of(
                Optional.of(rule(Access.KH, 0, "default")),
                directory(path),
                named(path.name()).map(access -> rule(access, 2, "name '" + path.name() + "' of the object")),
                prefixed(method, '_').map(access -> rule(access, 3, "name '" + method + "' of the method")),
                Optional.ofNullable(onClass).map(access -> rule(access, 10, annotation(access) + " on the class")),
                Optional.ofNullable(onMethod).map(access -> rule(access, 11, annotation(access) + " on the method")));
        return rules.flatMap(Optional::stream).max(BY_WEIGHT).orElseThrow();
    }

    /** Whether clients can never call a method, because its name starts with {@code _}. */
    public static boolean isPrivate(String method) {
        return method.startsWith("_");
    }

    private static Optional<AccessRule> directory(ObjectPath path) {
        List<String> directories = path.directories();
        return Stream.of(Access.values())
                .filter(access -> directories.contains(access.word()))
                .map(access -> rule(access, 1, "directory '" + access.word() + "' of the path"))
                .max(BY_WEIGHT);
    }

    private static Optional<Access> named(String object) {
        return Stream.of(Access.values())
                .filter(access -> object.equals(access.word()))
                .findFirst()
                .or(() -> prefixed(object, '.'))
                .or(() -> prefixed(object, '_'));
    }

    private static Optional<Access> prefixed(String name, char separator) {
        return Stream.of(Access.values())
                .filter(access -> name.startsWith(access.word() + separator))
                .findFirst();
    }

    private static String annotation(Access access) {
        return switch (access) {
            case PUB -> "@Pub";
            case KH -> "@Kh";
            case SYS -> "@Sys";
        };
    }

    private static AccessRule rule(Access access, int weight, String what) {
        return new AccessRule(access, weight, what + ", weight " + weight);
    }
}
