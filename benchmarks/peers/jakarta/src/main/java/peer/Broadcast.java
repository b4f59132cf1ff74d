package peer;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sound default: async sends, which keep no thread, and a queue for each member, because a second send must not be
 * started before the first has ended.
 */
@ServerEndpoint("/bcast")
public class Broadcast extends Member {

    private static final int MAX_QUEUE = 1024;
    private static final Set<Member> ALL = ConcurrentHashMap.newKeySet();

    private final Queue<String> queue = new ArrayDeque<>();
    private boolean sending;
    /** The loop of {@link #sendQueued} runs: a send that ends at once goes on in it, not one call deeper. */
    private boolean looping;

    public Broadcast() {
        super(ALL);
    }

    @OnOpen
    public void open(Session opened) {
        join(opened);
    }

    @OnMessage(maxMessageSize = MAX_MESSAGE)
    public void message(String text) {
        broadcast(text);
    }

    @OnClose
    public void close() {
        leave();
    }

    @OnError
    public void error(Throwable failure) {
        drop();
    }

    @Override
    void send(String text) {
        boolean full;
        synchronized (queue) {
            full = queue.size() >= MAX_QUEUE || !queue.add(text);
        }
        if (full) {
            drop();
        } else {
            sendQueued();
        }
    }

    private void sendQueued() {
        try {
            for (String text = next(); text != null; text = next()) {
                session().getAsyncRemote().sendText(text, this::sent);
                synchronized (queue) {
                    looping = false;
                }
            }
        } catch (RuntimeException e) {
            drop();
        }
    }

    private String next() {
        synchronized (queue) {
            if (sending || looping) {
                return null;
            }
            String text = queue.poll();
            sending = looping = text != null;
            return text;
        }
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            drop();
            return;
        }
        synchronized (queue) {
            sending = false;
        }
        sendQueued();
    }
}
