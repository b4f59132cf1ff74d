package dev.cloudobjects.security;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Gives the keys in the data folder to whoever needs one. */
@ApplicationScoped
class KeyringProducer {

    @Produces
    @Singleton
    Keyring keyring(Settings settings) {
        return new Keyring(settings.get(Keys.DATA_DIR).resolve("keys"), new SecureRandom());
    }

    @Produces
    @Singleton
    EncryptionKeys encryptionKeys(Keyring keyring) {
        return EncryptionKeys.of(keyring);
    }
}
