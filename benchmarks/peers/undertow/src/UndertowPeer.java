import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.util.function.BiConsumer;
import org.xnio.IoUtils;
import org.xnio.Options;

/** Undertow, embedded. Its sends do not block: each channel queues its own frames. */
public final class UndertowPeer {

    private static final long MAX_MESSAGE = 1 << 18;

    /** Whoever missed a message must not go on as if nothing had happened. */
    private static final WebSocketCallback<Void> CLOSE_ON_ERROR = new WebSocketCallback<>() {
        @Override
        public void complete(WebSocketChannel channel, Void context) {}

        @Override
        public void onError(WebSocketChannel channel, Void context, Throwable failure) {
            IoUtils.safeClose(channel);
        }
    };

    public static void main(String[] args) {
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
                .setSocketOption(Options.BACKLOG, 4096)
                .setHandler(Handlers.path()
                        .addExactPath("/echo", endpoint(UndertowPeer::send))
                        .addExactPath("/bcast", endpoint((from, text) -> {
                            for (WebSocketChannel each : from.getPeerConnections()) {
                                send(each, text);
                            }
                        })))
                .build()
                .start();
    }

    private static WebSocketProtocolHandshakeHandler endpoint(BiConsumer<WebSocketChannel, String> onText) {
        return Handlers.websocket((exchange, channel) -> {
            channel.getReceiveSetter().set(new AbstractReceiveListener() {
                @Override
                protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
                    onText.accept(from, message.getData());
                }

                @Override
                protected long getMaxTextBufferSize() {
                    return MAX_MESSAGE;
                }
            });
            channel.resumeReceives();
        });
    }

    private static void send(WebSocketChannel to, String text) {
        WebSockets.sendText(text, to, CLOSE_ON_ERROR);
    }
}
