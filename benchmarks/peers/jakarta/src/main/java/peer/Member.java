package peer;

import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Set;

/**
 * One connection of a broadcast: the container makes an instance for each. The endpoints differ in how they send. Each
 * declares its annotated methods itself, because Open Liberty does not look for inherited ones.
 */
abstract class Member {

    static final int MAX_MESSAGE = 1 << 18;

    private final Set<Member> all;
    private volatile Session session;

    /** @param all where the members of this broadcast are kept */
    Member(Set<Member> all) {
        this.all = all;
    }

    /** Sends a text to this member, behind what was sent before. Called by any thread. */
    abstract void send(String text);

    void join(Session opened) {
        session = opened;
        all.add(this);
    }

    void broadcast(String text) {
        all.forEach(member -> member.send(text));
    }

    void leave() {
        all.remove(this);
    }

    Session session() {
        return session;
    }

    /** Gives up on a member that can't be sent to. */
    void drop() {
        leave();
        try {
            session.close();
        } catch (IOException | RuntimeException e) {
            // It is gone already.
        }
    }
}
