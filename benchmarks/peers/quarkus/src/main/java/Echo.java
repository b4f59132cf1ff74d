import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

@WebSocket(path = "/echo")
public class Echo {

    @OnTextMessage
    Uni<String> echo(String text) {
        return Uni.createFrom().item(text);
    }
}
