package peer;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends each message back, in the thread that it came on. */
@ServerEndpoint("/echo")
public class Echo {

    @OnMessage(maxMessageSize = Member.MAX_MESSAGE)
    public String echo(String text) {
        return text;
    }
}
