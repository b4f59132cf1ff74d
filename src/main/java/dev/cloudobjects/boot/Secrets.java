package dev.cloudobjects.boot;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.EncryptionKeys;
import dev.cloudobjects.security.Tickets;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.stream.Collectors;

/** Loads the keys of tickets and of the encrypted channel at the start, so that an invalid key stops the start. */
@UnproxiedSingleton
class Secrets {

    private final Tickets tickets;
    private final EncryptionKeys encryption;

    @Inject
    Secrets(Tickets tickets, EncryptionKeys encryption) {
        this.tickets = tickets;
        this.encryption = encryption;
    }

    /** Logs the public keys, which clients can pin. */
    void announce() {
        Log.KEYS_READY.log(
                tickets.keyId(),
                encryption.all().stream()
                        .map(key -> key.role().name().toLowerCase(Locale.ROOT) + " " + key.publicKey())
                        .collect(Collectors.joining(", ")));
    }
}
