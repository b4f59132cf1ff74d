package dev.cloudobjects.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the settings from MicroProfile Config. */
@ApplicationScoped
class SettingsProducer {

    @Produces
    @Singleton
    Settings settings() {
        Config config = ConfigProvider.getConfig();
        return new Settings(name -> config.getOptionalValue(name, String.class)).validated();
    }
}
