package dev.cloudobjects.objects;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The deployed cloud objects, by path. Immutable. */
public final class ObjectDirectory {

    static final ObjectDirectory EMPTY = new ObjectDirectory(Map.of());

    private final Map<String, ObjectModel> byPath;

    private ObjectDirectory(Map<String, ObjectModel> byPath) {
        this.byPath = byPath;
    }

    /**
     * The directory of these objects.
     *
     * @throws IllegalArgumentException when two have the same path, naming both classes
     */
    public static ObjectDirectory of(Collection<ObjectModel> models) {
        Map<String, ObjectModel> byPath = new TreeMap<>();
        for (ObjectModel model : models) {
            ObjectModel other = byPath.put(model.path(), model);
            if (other != null) {
                throw new IllegalArgumentException("cloud object " + model.type().getName() + ": its path '"
                        + model.path() + "' is also that of " + other.type().getName());
            }
        }
        return new ObjectDirectory(byPath);
    }

    /** The object at a path. */
    public Optional<ObjectModel> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** All objects, in the order of their paths. */
    public Collection<ObjectModel> all() {
        return byPath.values();
    }
}
