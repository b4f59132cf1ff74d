package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes the ids of connections. A cid is 32 characters of base64url: 8 that name the start of the node that made it, and 24
 * that are random, 144 bits. So any node can tell from a cid alone which node to ask for its connection.
 *
 * <p>What names the start is the lower 48 bits of {@link Node#epoch}, itself a random number: it tells nobody the name or the
 * address of a node. Safe for use by many threads.
 */
@UnproxiedSingleton
public final class Cids {

    private static final int NODE_BYTES = 6;
    private static final int RANDOM_BYTES = 18;

    private static final int NODE_CHARACTERS = 8;

    private final long epoch;
    private final String prefix;
    private final SecureRandom random;

    /** The ids of one start of a node. */
    @Inject
    public Cids(Node node) {
        this(node, new SecureRandom());
    }

    /** The same, by this randomness. */
    Cids(Node node, SecureRandom random) {
        this.random = random;
        this.epoch = node.epoch();
        this.prefix = next().substring(0, NODE_CHARACTERS);
    }

    /** Whether this start of this node made a cid. */
    boolean isOwn(String cid) {
        return cid.startsWith(prefix);
    }

    /** A new cid. */
    String next() {
        byte[] id = new byte[NODE_BYTES + RANDOM_BYTES];
        random.nextBytes(id);
        for (int i = 0; i < NODE_BYTES; i++) {
            id[i] = (byte) (epoch >>> (8 * (NODE_BYTES - 1 - i)));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
