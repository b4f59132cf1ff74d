package dev.cloudobjects.config;

import java.util.Optional;
import java.util.function.Function;

/** The values of the settings. Reads its source at each call, so the source must not change. Safe for use by many threads. */
public final class Settings {

    private final Function<String, Optional<String>> source;

    /** Settings from a source that returns the text of a key, or empty. */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** Settings with all defaults. */
    public static Settings defaults() {
        return new Settings(name -> Optional.empty());
    }

    /**
     * The configured value of a key, or its default.
     *
     * @throws IllegalArgumentException naming the key, the text and the expected kind
     */
    public <T> T get(Key<T> key) {
        return key.parse(source.apply(key.name()).orElse(key.defaultText()));
    }

    /**
     * Reads each key once, so that an invalid value stops the start.
     *
     * @throws IllegalArgumentException for the first invalid value
     */
    public Settings validated() {
        Keys.all().forEach(this::get);
        return this;
    }
}
