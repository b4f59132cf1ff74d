package example;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;

/** A guestbook that everybody reads live. The {@code pub} in its path makes it public: no login is required. */
@CloudObject("example/pub.guestbook")
public class Guestbook {

    @Inject
    WebSocketManage ws;

    public record Entry(String name, String text) {}

    /** Over HTTP: {@code POST /http/router/example/pub.guestbook.sign}. Whoever is connected hears of it. */
    public Result sign(Entry entry) {
        if (entry.text() == null || entry.text().isBlank()) {
            throw new CloudObjectException(Code.BAD_REQUEST, "text: write something");
        }
        return Result.ok("readers", ws.send(to -> to.everyone(), entry).queued());
    }

    /** Over the WebSocket at {@code /ws/example/pub.guestbook}: a message is an entry, too. */
    public Result onWebsocketMessage(Entry entry) {
        return sign(entry);
    }
}
