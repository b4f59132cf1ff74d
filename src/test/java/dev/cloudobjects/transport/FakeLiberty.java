package dev.cloudobjects.transport;

import com.ibm.wsspi.bytebuffer.WsByteBuffer;
import com.ibm.wsspi.channelfw.ConnectionLink;
import com.ibm.wsspi.channelfw.VirtualConnection;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upgraded connection with the methods of Liberty's. What is done to it is in {@link #log}. */
public final class FakeLiberty extends FakeWebConnection {

    final List<String> log = new ArrayList<>();
    final Map<Object, Object> state = new HashMap<>();
    private final @Nullable Socket socket;

    FakeLiberty(@Nullable Socket socket) {
        this.socket = socket;
    }

    /** Liberty has read this behind the request. */
    FakeLiberty early(byte... bytes) {
        state.put("NotUpgradedUnreadData", new Unread(ByteBuffer.wrap(bytes)));
        return this;
    }

    public VirtualConnection getVirtualConnection() {
        return new Circuit();
    }

    public Device getDeviceConnLink() {
        return new Device();
    }

    public final class Circuit implements VirtualConnection {
        @Override
        public Map<Object, Object> getStateMap() {
            return state;
        }
    }

    public record IoChannel(@Nullable Socket socket) {
        public @Nullable Socket getSocket() {
            return socket;
        }
    }

    public final class Device implements ConnectionLink {
        public IoChannel getSocketIOChannel() {
            return new IoChannel(socket);
        }

        @Override
        public Object getApplicationCallback() {
            return new Http();
        }

        @Override
        public void close(VirtualConnection circuit, Exception failure) {
            log.add("device closed");
        }
    }

    public final class Http implements ConnectionLink {
        public Exchange getHTTPContext() {
            return new Exchange();
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
