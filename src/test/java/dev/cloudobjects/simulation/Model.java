package dev.cloudobjects.simulation;

import dev.cloudobjects.api.SendOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What server and clients may do and what they must, as the protocol says. It is told all that happens, and compares. */
final class Model {

    private static final Set<Integer> FAULTS = Set.of(1002, 1003, 1007, 1009, 4004);

    private final Limits limits;
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final Map<Integer, Said> said = new LinkedHashMap<>();
    private final Map<Integer, Asked> asked = new LinkedHashMap<>();
    /** What each client was told of last; none when its connection has ended. */
    private final Map<Integer, Conversation> current = new HashMap<>();

    private final Set<String> seen = new TreeSet<>();

    private int numbers;
    private long order;
    private boolean loginsChanged;

    Model(Limits limits) {
        this.limits = limits;
    }

    /** A number for the next message, in either direction. */
    int number() {
        return ++numbers;
    }

    /** The client will send a message. */
    int willSay(int client) {
        int number = number();
        said.put(number, new Said(client));
        return number;
    }

    /** The session that a client was told of last; {@code null} for none. */
    @Nullable Conversation current(int client) {
        return current.get(client);
    }

    /** All sessions, in the order in which they began. */
    List<Conversation> conversations() {
        return List.copyOf(conversations.values());
    }

    /** What clients were told: what became of sessions and of messages. */
    Set<String> seen() {
        return seen;
    }

    /** Clients may find that theirs is another user's session. */
    void loginsChanged() {
        loginsChanged = true;
    }

    // What the server does

    void began(String cid, int client, int server) {
        if (conversations.put(cid, new Conversation(cid, client, server)) != null) {
            throw new Contradiction("the connection event of " + cid + " ran twice");
        }
    }

    void sent(String cid, int number, boolean sure) {
        Conversation to = conversations.get(cid);
        if (to != null) {
            to.sent(number, sure);
        }
    }

    void pushed(String cid, int number, SendOption.Policy policy) {
        Conversation to = conversations.get(cid);
        if (to != null) {
            to.pushes.sent(number, policy);
        }
    }

    /** The server said that a message with a policy will not arrive. */
    void notPushed(String cid, int number) {
        Conversation to = conversations.get(cid);
        if (to != null) {
            to.pushes.notQueued(number);
        }
    }

    /** A server asks a client. */
    void asked(String cid, int number, int server, String what) {
        asked.put(number, new Asked(server, what));
    }

    /** Whoever asked a client has its answer, or the code why there is none; 0 when he has given up himself. */
    void answered(int number, @Nullable Integer answer, int code) {
        Asked request = request(number);
        if (request.over) {
            throw new Contradiction("request " + number + " ended twice");
        }
        request.over = true;
        boolean good =
                switch (answer == null ? code : 1) {
                    case 1 -> request.heard && request.what.equals("answer") && Objects.equals(answer, number);
                    case 7 -> request.heard && request.what.equals("fail");
                    case 0, 410, 502 -> true;
                    default -> false;
                };
        if (!good) {
            throw new Contradiction("request " + number + " ended with " + answer + " or " + code);
        }
        seen.add(answer == null ? "no answer " + code : "answer");
    }

    /** A client got a request. */
    void heard(int client, int number) {
        request(number).heard = true;
        got(client, number);
    }

    private Asked request(int number) {
        Asked found = asked.get(number);
        if (found == null) {
            throw new Contradiction("nobody asked " + number);
        }
        return found;
    }

    void handled(String cid, int number, boolean success) {
        Said message = said.get(number);
        if (message == null || message.order == 0) {
            throw new Contradiction("message " + number + " was not sent");
        }
        if (message.handled) {
            throw new Contradiction("message " + number + " was handled twice");
        }
        message.handled = true;
        message.succeeded = success;
        conversation(cid).handled(message.order);
    }

    /** The server closes a session in a way that its client is told even later. */
    void closed(String cid, long now) {
        Conversation whose = conversations.get(cid);
        if (whose != null && whose.closed == null) {
            whose.closed = now;
        }
    }

    /** A session has ended that was accepted. */
    void ended(String cid, int code) {
        if (FAULTS.contains(code)) {
            throw new Contradiction("session " + cid + " ended with " + code);
        }
        conversation(cid).end = code;
    }

    void disconnected(String cid) {
        Conversation whose = conversation(cid);
        if (whose.end == null || ++whose.disconnections > 1) {
            throw new Contradiction("the disconnection event of " + cid + " ran " + whose.disconnections + " times");
        }
    }

    /** A server is no more, and had no time to say anything. */
    void crashed(int server) {
        asked.values().stream().filter(request -> request.server == server).forEach(request -> request.over = true);
        for (Conversation one : conversations.values()) {
            if (one.server == server && one.disconnections == 0) {
                one.end = 1006;
                one.disconnections = 1;
            }
        }
    }

    // What the clients hear

    /** The server says that a session is open, and whether it can be resumed. */
    void connected(String cid, boolean resumable) {
        conversation(cid).resumable |= resumable;
    }

    void opened(int client, String cid, String recovered, String reason, long now) {
        Conversation before = current.get(client);
        Conversation next = conversation(cid);
        current.put(client, next);
        if (before == null) {
            check(recovered.isEmpty() && !next.known, client, "was told of a session that is not its first");
        } else if (recovered.equals("true")) {
            seen.add("recovered");
            check(before == next, client, "resumed " + cid + " in place of " + before.cid);
            check(!before.gaveUp, client, "gave a message up, and resumed its session");
        } else {
            check(recovered.equals("false") && !next.known, client, "was told nothing of its lost session");
            missed(client, before, next, reason, now);
        }
        next.known = true;
    }

    private void missed(int client, Conversation before, Conversation next, String reason, long now) {
        seen.add(reason);
        boolean gone = before.end != null || before.closed != null;
        switch (reason) {
            case "expired" -> {
                check(gone, client, "was told that " + before.cid + " has expired, which has not");
                check(mayMissFarewell(before, next, now), client, "was not told how " + before.cid + " was closed");
            }
            case "restarted" -> check(before.server != next.server, client, "was told that the server has restarted");
            case "incomplete" -> check(
                    gone && (limits.dropsSent() || loginsChanged), client, "lacks something of " + before.cid);
            // The login ended ahead of the connect frame: what said so was not counted.
            case "unsupported" -> check(loginsChanged && !before.resumable, client, "was told that nothing is resumed");
            case "changed" -> check(loginsChanged, client, "was told that it has changed");
            default -> throw new Contradiction("client " + client + " was told: " + reason);
        }
    }

    private boolean mayMissFarewell(Conversation before, Conversation next, long now) {
        return before.closed == null
                || before.server != next.server
                || now - before.closed >= limits.window().toNanos()
                || limits.crowded();
    }

    void got(int client, int number) {
        Conversation now = current.get(client);
        if (now == null) {
            throw new Contradiction("client " + client + " got message " + number + " ahead of a session");
        }
        now.got(number);
    }

    /** The connection of a client has ended for good. */
    void over(int client, int code) {
        check(!FAULTS.contains(code), client, "was closed with " + code);
        current.remove(client);
    }

    void sending(int number) {
        message(number).order = ++order;
    }

    /** A message leaves for the server, in a session. */
    void left(int number, String cid) {
        message(number).cid = cid;
    }

    void settled(int client, int number, String outcome, int code) {
        Said message = message(number);
        check(message.outcome == null, client, "heard twice of message " + number);
        message.outcome = outcome;
        seen.add(outcome);
        boolean good =
                switch (outcome) {
                    case "handled" -> message.handled && message.succeeded;
                    case "answered" -> message.handled && message.succeeded && code == number;
                    case "refused" -> !message.succeeded && (code != 429 || !message.handled);
                    case "none", "full" -> !message.handled;
                    case "lost", "closed", "timeout", "cancelled" -> true;
                    default -> false;
                };
        check(good, client, "was told that message " + number + " is " + outcome + " (" + code + "), which was "
                + (message.handled ? message.succeeded ? "handled" : "failed" : "not handled"));
        if (outcome.equals("lost") && message.cid != null) {
            conversation(message.cid).gaveUp = true;
        }
    }

    // At the end

    /** A client is open, and nothing is on its way. */
    void checkComplete(int client) {
        Conversation now = current.get(client);
        if (now != null) {
            now.checkComplete();
        }
        said.forEach((number, message) -> check(
                message.client != client || message.order == 0 || message.outcome != null,
                client,
                "heard nothing of message " + number));
    }

    /** All servers and clients are gone. */
    void checkOver() {
        asked.forEach((number, request) -> {
            if (!request.over) {
                throw new Contradiction("whoever asked " + number + " never heard of it");
            }
        });
        for (Conversation one : conversations.values()) {
            if (one.disconnections != (one.end == null ? 0 : 1) || (one.known && one.end == null)) {
                throw new Contradiction("the disconnection event of " + one.cid + " ran " + one.disconnections + " times");
            }
        }
        said.forEach((number, message) -> check(
                message.order == 0 || message.outcome != null, message.client, "never heard of message " + number));
    }

    private Conversation conversation(String cid) {
        Conversation found = conversations.get(cid);
        if (found == null) {
            throw new Contradiction("nobody knows session " + cid);
        }
        return found;
    }

    private Said message(int number) {
        Said found = said.get(number);
        if (found == null) {
            throw new Contradiction("nobody sent message " + number);
        }
        return found;
    }

    private static void check(boolean good, int client, String otherwise) {
        if (!good) {
            throw new Contradiction("client " + client + " " + otherwise);
        }
    }
}
