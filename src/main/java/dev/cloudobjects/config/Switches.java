package dev.cloudobjects.config;

import org.eclipse.microprofile.config.ConfigProvider;

/** Reads settings that select the beans of the deployment, before any bean exists. */
public final class Switches {

    private Switches() {}

    /** Whether a key is {@code true}; absent means {@code false}. */
    public static boolean isOn(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, Boolean.class).orElse(false);
    }
}
