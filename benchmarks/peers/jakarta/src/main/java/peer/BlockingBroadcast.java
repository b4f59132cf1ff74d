package peer;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is written first: blocking sends in a loop. One member that does not read stops all of them. */
@ServerEndpoint("/bcast-blocking")
public class BlockingBroadcast extends Member {

    private static final Set<Member> ALL = ConcurrentHashMap.newKeySet();

    public BlockingBroadcast() {
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
    synchronized void send(String text) {
        try {
            session().getBasicRemote().sendText(text);
        } catch (IOException | RuntimeException e) {
            drop();
        }
    }
}
