package dev.cloudobjects.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings in environment variables: {@code CLOUDOBJECTS_DATA_DIR} is {@code cloudobjects.data.dir}. The server's own
 * source converts names in the default locale, so with a Turkish locale it does not find names with an {@code I}.
 */
public final class EnvironmentSource implements ConfigSource {

    private static final String PREFIX = "cloudobjects.";

    /** The ordinal that the MicroProfile Config specification gives to environment variables. */
    private static final int ORDINAL = 300;

    private final Map<String, String> environment;

    /** The variables of this process; called by MicroProfile Config. */
    public EnvironmentSource() {
        this(System.getenv());
    }

    EnvironmentSource(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Keys.all().stream()
                .map(Key::name)
                .filter(name -> getValue(name) != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.startsWith(PREFIX) ? environment.get(variable(name)) : null;
    }

    @Override
    public String getName() {
        return "environment variables of cloudobjects";
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
