package dev.cloudobjects.boot;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.EncryptionKeys;
import dev.cloudobjects.security.Tickets;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.stream.Collectors;

/** The keys that are not asked for before the first client comes: one that can't be used is met at start. */
@Part
class Secrets {

    private final Tickets tickets;
    private final EncryptionKeys encryption;

    @Inject
    Secrets(Tickets tickets, EncryptionKeys encryption) {
        this.tickets = tickets;
        this.encryption = encryption;
    }

    /** Tells the log what clients can be given to know this server by. */
    void announce() {
        Log.KEYS_READY.log(
                tickets.keyId(),
                encryption.all().stream()
                        .map(key -> key.role().name().toLowerCase(Locale.ROOT) + " " + key.publicKey())
                        .collect(Collectors.joining(", ")));
    }
}
