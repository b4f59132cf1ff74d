package dev.cloudobjects.config;

import java.util.Optional;
import java.util.function.Function;

/** The configuration in force. Immutable; reads its source each time, so give it one that does not change. */
public final class Settings {

    private final Function<String, Optional<String>> source;

    /** Settings over a source that knows the text of a key, or does not. */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** Defaults only. */
    public static Settings defaults() {
        return new Settings(name -> Optional.empty());
    }

    /**
     * The value of a key: what is configured, else its default.
     *
     * @throws IllegalArgumentException naming the key, the text and what was expected
     */
    public <T> T get(Key<T> key) {
        return key.parse(source.apply(key.name()).orElse(key.defaultText()));
    }

    /**
     * Reads every key once, so that a malformed one is met at start.
     *
     * @throws IllegalArgumentException for the first malformed one
     */
    public Settings validated() {
        Keys.all().forEach(this::get);
        return this;
    }
}
