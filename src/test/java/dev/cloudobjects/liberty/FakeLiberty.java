package dev.cloudobjects.liberty;

import com.ibm.wsspi.bytebuffer.WsByteBuffer;
import com.ibm.wsspi.channelfw.ConnectionLink;
import com.ibm.wsspi.channelfw.VirtualConnection;
import dev.cloudobjects.socket.servlet.FakeWebConnection;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An upgraded connection with the methods of Liberty's. What is done to it is in {@link #log}. */
public final class FakeLiberty extends FakeWebConnection {

    final List<String> log = new ArrayList<>();
    final Map<Object, Object> state = new HashMap<>();
    private final @Nullable Socket socket;
    private String broken = "";
    private Supplier<@Nullable Object> by = () -> null;

    public FakeLiberty(@Nullable Socket socket) {
        this.socket = socket;
    }

    /** Liberty has read this behind the request. */
    public FakeLiberty early(byte... bytes) {
        state.put("NotUpgradedUnreadData", new Unread(ByteBuffer.wrap(bytes)));
        return this;
    }

    /** This method answers something else. */
    public FakeLiberty broken(String method, Supplier<@Nullable Object> answer) {
        broken = method;
        by = answer;
        return this;
    }

    private @Nullable Object part(String method, @Nullable Object part) {
        return method.equals(broken) ? by.get() : part;
    }

    public @Nullable Object getVirtualConnection() {
        return part("getVirtualConnection", new Circuit());
    }

    public @Nullable Object getDeviceConnLink() {
        return part("getDeviceConnLink", new Device());
    }

    public final class Circuit implements VirtualConnection {
        @Override
        @SuppressWarnings("unchecked")
        public @Nullable Map<Object, Object> getStateMap() {
            return (Map<Object, Object>) part("getStateMap", state);
        }
    }

    public final class IoChannel {
        public @Nullable Object getSocket() {
            return part("getSocket", socket);
        }
    }

    public final class Device implements ConnectionLink {
        public @Nullable Object getSocketIOChannel() {
            return part("getSocketIOChannel", new IoChannel());
        }

        @Override
        public @Nullable Object getApplicationCallback() {
            return part("getApplicationCallback", new Http());
        }

        @Override
        public void close(VirtualConnection circuit, Exception failure) {
            log.add("device closed");
        }
    }

    public final class Http implements ConnectionLink {
        public @Nullable Object getHTTPContext() {
            return part("getHTTPContext", new Exchange());
        }

        @Override
        public Object getApplicationCallback() {
            return new Dispatcher();
        }

        @Override
        public void close(VirtualConnection circuit, Exception failure) {
            log.add("request closed");
        }
    }

    public final class Exchange {
        public void clear() {
            log.add("request cleared");
        }

        public void setReadBuffer(@Nullable WsByteBuffer buffer) {
            log.add("buffer " + buffer);
        }
    }

    public final class Dispatcher implements ConnectionLink {
        @Override
        public @Nullable Object getApplicationCallback() {
            return null;
        }

        @Override
        public void close(VirtualConnection circuit, Exception failure) {
            log.add("ended, to be closed " + state.get("CloseUpgradedWebConnection") + ": " + failure.getMessage());
        }
    }

    public final class Unread implements WsByteBuffer {
        private final ByteBuffer bytes;

        Unread(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int remaining() {
            return bytes.remaining();
        }

        @Override
        public WsByteBuffer get(byte[] into) {
            bytes.get(into);
            return this;
        }

        @Override
        public void release() {
            log.add("early bytes released");
        }
    }
}
