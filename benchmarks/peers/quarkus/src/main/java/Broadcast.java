import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

@WebSocket(path = "/bcast")
public class Broadcast {

    @Inject
    WebSocketConnection connection;

    @OnTextMessage
    Uni<Void> broadcast(String text) {
        return connection.broadcast().sendText(text);
    }
}
