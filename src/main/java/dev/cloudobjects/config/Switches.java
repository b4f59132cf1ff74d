package dev.cloudobjects.config;

import org.eclipse.microprofile.config.ConfigProvider;

/** What decides on the beans of a deployment, and so is asked before there is one. */
public final class Switches {

    private Switches() {}

    /** Whether a key is {@code true}; absent means {@code false}. */
    public static boolean isOn(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, Boolean.class).orElse(false);
    }
}
