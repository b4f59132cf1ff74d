package peer;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blocking sends, from a queue and a virtual thread of each member's own. The thread lives while something waits. */
@ServerEndpoint("/bcast-vt")
public class VirtualThreadBroadcast extends Member {

    private static final int MAX_QUEUE = 1024;
    private static final Set<Member> ALL = ConcurrentHashMap.newKeySet();

    private final Queue<String> queue = new ArrayDeque<>();
    private boolean draining;

    public VirtualThreadBroadcast() {
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
        boolean start;
        synchronized (queue) {
            full = queue.size() >= MAX_QUEUE || !queue.add(text);
            start = !full && !draining;
            draining |= start;
        }
        if (full) {
            drop();
        } else if (start) {
            Thread.startVirtualThread(this::drain);
        }
    }

    private void drain() {
        try {
            for (String text = next(); text != null; text = next()) {
                session().getBasicRemote().sendText(text);
            }
        } catch (IOException | RuntimeException e) {
            drop();
        }
    }

    private String next() {
        synchronized (queue) {
            String text = queue.poll();
            draining = text != null;
            return text;
        }
    }
}
