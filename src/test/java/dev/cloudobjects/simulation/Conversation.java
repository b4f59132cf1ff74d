package dev.cloudobjects.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the model knows of one session of a server. */
final class Conversation {

    final String cid;
    final int client;
    final int server;

    /** The client was told that it is open. */
    boolean known;
    /** How it has ended; {@code null} while it has not. */
    @Nullable Integer end;
    /** When the server closed it, in a way that its client is to be told when it comes back; {@code null} when it has not. */
    @Nullable Long closed;
    boolean resumable;
    int disconnections;
    /** A promise said that a message of it was lost. */
    boolean gaveUp;

    final Pushes pushes = new Pushes();

    private final List<Integer> sent = new ArrayList<>();
    private final BitSet unsure = new BitSet();
    private int next;
    private long lastHandled;

    Conversation(String cid, int client, int server) {
        this.cid = cid;
        this.client = client;
        this.server = server;
    }

    /** The server has sent it a message. @param sure whether it said that it would arrive */
    void sent(int number, boolean sure) {
        unsure.set(sent.size(), !sure);
        sent.add(number);
    }

    /** The client got a message. */
    void got(int number) {
        if (pushes.got(number)) {
            return;
        }
        int at = next;
        while (at < sent.size() && sent.get(at) != number && unsure.get(at)) {
            at++;
        }
        if (at == sent.size() || sent.get(at) != number) {
            throw new Contradiction("client " + client + " got message " + number + " of session " + cid + " instead of "
                    + (next < sent.size() ? sent.get(next) : "none"));
        }
        next = at + 1;
    }

    /** Whatever was sent has arrived. */
    void checkComplete() {
        pushes.checkComplete(cid);
        while (next < sent.size() && unsure.get(next)) {
            next++;
        }
        if (next < sent.size()) {
            throw new Contradiction("client " + client + " did not get message " + sent.get(next) + " of session " + cid);
        }
    }

    /** A message of the client is handled. @param order when it was sent, compared with others */
    void handled(long order) {
        if (order <= lastHandled) {
            throw new Contradiction("session " + cid + " handles messages out of order");
        }
        lastHandled = order;
    }
}
