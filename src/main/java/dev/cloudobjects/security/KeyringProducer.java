package dev.cloudobjects.security;

import dev.cloudobjects.config.DataFolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Produces the keyring of the data folder. */
@ApplicationScoped
class KeyringProducer {

    @Produces
    @Singleton
    Keyring keyring(DataFolder data) {
        return new Keyring(data.keys(), new SecureRandom());
    }

    @Produces
    @Singleton
    EncryptionKeys encryptionKeys(Keyring keyring) {
        return EncryptionKeys.of(keyring);
    }
}
