package dev.cloudobjects.objects;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cloud object as it was deployed.
 *
 * @param path its path
 * @param type its class
 * @param callables its callable methods, by name
 * @param events all four events
 * @param before its hook {@code _before}
 * @param after its hook {@code _after}
 */
public record ObjectModel(
        String path,
        Class<?> type,
        Map<String, ObjectMethod> callables,
        Map<Event, ObjectMethod> events,
        @Nullable Hook before,
        @Nullable Hook after) {

    public ObjectModel {
        callables = Map.copyOf(callables);
        events = Map.copyOf(events);
    }

    /** Whether clients can connect to the object, which they can when it handles an event. */
    public boolean takesConnections() {
        return events.values().stream().anyMatch(ObjectMethod::isHandled);
    }

    /** The callable method of a name. */
    public Optional<ObjectMethod> callable(String name) {
        return Optional.ofNullable(callables.get(name));
    }

    /** The method of an event, also of one that the object does not handle. */
    public ObjectMethod event(Event event) {
        return Objects.requireNonNull(events.get(event), event::name);
    }
}
