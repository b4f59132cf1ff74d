package dev.cloudobjects.storage;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens databases for tests. */
public final class TestDatabases {

    private TestDatabases() {}

    /** The embedded database in a folder. */
    public static NosqlDatabase embedded(Path folder, Schema... schemas) {
        return NosqlDatabase.open(settings(Map.of(Keys.DATA_DIR.name(), folder.toString())), List.of(schemas));
    }

    /** Settings with these values, and defaults for the rest. */
    public static Settings settings(Map<String, String> values) {
        return new Settings(name -> Optional.ofNullable(values.get(name)));
    }
}
