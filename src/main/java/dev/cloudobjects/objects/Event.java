package dev.cloudobjects.objects;

import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.api.Failure;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The four events of a cloud object. */
public enum Event {
    CONNECTION("onWebsocketConnection", null),
    MESSAGE("onWebsocketMessage", null),
    DISCONNECTION("onWebsocketDisConnection", Disconnection.class),
    ERROR("onWebsocketError", Failure.class);

    private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("_*onWebsocket", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Event> BY_METHOD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Event::methodName, event -> event));

    private final String methodName;
    private final @Nullable Class<?> dataType;

    Event(String methodName, @Nullable Class<?> dataType) {
        this.methodName = methodName;
        this.dataType = dataType;
    }

    /** The method that handles the event. */
    public String methodName() {
        return methodName;
    }

    /** The type that is passed to the parameter; {@code null} when the object chooses the type. */
    @Nullable Class<?> dataType() {
        return dataType;
    }

    /** Whether a method of this name looks like an event and is none: as a callable method it would be open to clients. */
    static boolean isMistaken(String name) {
        return LOOKS_LIKE_ONE.matcher(name).lookingAt() && !isMethod(name);
    }

    /** Whether a method of this name handles an event. */
    public static boolean isMethod(String name) {
        return BY_METHOD.containsKey(name);
    }

    /** The event that a method of this name handles. */
    public static Optional<Event> ofMethod(String name) {
        return Optional.ofNullable(BY_METHOD.get(name));
    }
}
