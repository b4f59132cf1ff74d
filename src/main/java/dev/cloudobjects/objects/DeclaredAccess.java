package dev.cloudobjects.objects;

import dev.cloudobjects.api.Kh;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Sys;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The access that a class or a method declares with {@code @Pub}, {@code @Kh} or {@code @Sys}. */
public final class DeclaredAccess {

    private DeclaredAccess() {}

    /** The rule for a method that is not called by path: the method's own annotation, otherwise that of its class. */
    public static Optional<AccessRule> of(Method method, Class<?> type) {
        Access own = on(method);
        Access said = own == null ? on(type) : own;
        return said == null
                ? Optional.empty()
                : Optional.of(new AccessRule(said, own == null ? 10 : 11, declaration(said, own == null ? null : method, type)));
    }

    private static String declaration(Access said, @Nullable Method method, Class<?> type) {
        Class<?> declaring = method == null ? type : method.getDeclaringClass();
        String where = declaring.getSimpleName() + (method == null ? "" : "." + method.getName());
        return "@" + Character.toUpperCase(said.word().charAt(0)) + said.word().substring(1) + " on " + where;
    }

    /**
     * The access that an element declares, {@code null} when it declares none.
     *
     * @throws IllegalArgumentException when it declares more than one
     */
    static @Nullable Access on(AnnotatedElement element) {
        Set<Access> said = EnumSet.noneOf(Access.class);
        if (element.isAnnotationPresent(Sys.class)) {
            said.add(Access.SYS);
        }
        if (element.isAnnotationPresent(Kh.class)) {
            said.add(Access.KH);
        }
        if (element.isAnnotationPresent(Pub.class)) {
            said.add(Access.PUB);
        }
        if (said.size() > 1) {
            throw new IllegalArgumentException(element + " says " + said + ": leave one of them");
        }
        return said.isEmpty() ? null : said.iterator().next();
    }
}
