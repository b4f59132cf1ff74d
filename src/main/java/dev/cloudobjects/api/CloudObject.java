package dev.cloudobjects.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a cloud object: a unit of server code that clients reach by its path, over WebSocket at
 * {@code /ws/<path>} and over HTTP at {@code /http/router/<path>.<method>}.
 *
 * <p>The class becomes a request-scoped bean: one instance per call, so its fields are the state of one call. The
 * instance is made after the filters have admitted the call. The class's public methods with no or one parameter are
 * callable, except names that start with {@code _}, the event methods and the hooks:
 *
 * <ul>
 *   <li>{@code onWebsocketConnection(data)}, {@code onWebsocketMessage(data)}, {@code onWebsocketDisConnection(Disconnection)}
 *       and {@code onWebsocketError(Failure)}: the four events. Each takes no or one parameter and may return anything.
 *   <li>{@code _before()}: runs after the filters and before the method. A returned text answers
 *       {@code {code:-1, msg:<text>}}, {@code false} answers {@code {code:-1, msg:""}}, any other object is the answer;
 *       in these cases neither the method nor {@code _after} runs. {@code null} (or a void method) goes on.
 *   <li>{@code _after(Completion)}: sees the result or the error; what it returns, unless {@code null}, is the answer.
 * </ul>
 *
 * <p>Parameters and results are any JSON-B type, {@code jakarta.json} values, maps, or {@code byte[]}.
 *
 * <p>What {@code onWebsocketMessage} or a callable method returns is the answer to a request of a client over its connection. It may be
 * a stream then: a {@link java.util.concurrent.Flow.Publisher}, a {@link java.util.stream.Stream}, an {@link java.util.Iterator}, or
 * an {@link Iterable} that is neither a {@link java.util.Collection} nor a {@link java.nio.file.Path}. Its items are asked for as
 * the client takes them, after the call and outside of it, on threads for handlers, maybe each on another one; a stream that is
 * {@link AutoCloseable} is closed at its end. Over HTTP a stream is answered with 501.
 *
 * <p>Two classes with one path, an empty path, or a method of a reserved name with another signature fail the
 * deployment with a message that names the class.
 */
@Qualifier
@Stereotype
@RequestScoped
@Filtered
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface CloudObject {

    /**
     * The path, for example {@code "template/web-socket/web-socket"}: segments of letters, digits, {@code - _ .},
     * parted by {@code /}, of any depth.
     */
    String value();

    /** A {@link CloudObject} as a value, to look a bean up by its path. */
    final class Literal extends AnnotationLiteral<CloudObject> implements CloudObject {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of the object at {@code path}. */
        public static Literal of(String path) {
            return new Literal(path);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
