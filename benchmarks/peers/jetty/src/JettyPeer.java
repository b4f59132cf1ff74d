import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty, embedded, with its own WebSocket API. */
public final class JettyPeer {

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(Duration.ZERO);
            container.setMaxTextMessageSize(1 << 18);
            container.addMapping("/echo", (request, response, callback) -> new Echo());
            container.addMapping("/bcast", (request, response, callback) -> new Broadcast());
        }));
        server.start();
    }

    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }
    }

    public static final class Broadcast extends Session.Listener.AbstractAutoDemanding {
        private static final Set<Session> ALL = ConcurrentHashMap.newKeySet();

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            ALL.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            for (Session each : ALL) {
                each.sendText(text, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            ALL.remove(getSession());
            callback.succeed();
        }
    }
}
