package dev.cloudobjects.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many plain clients on bare sockets, which can be cut off as a process that dies cuts them off. Not thread-safe. */
public final class Crowd implements AutoCloseable {

    private static final byte[] MASK = {0, 0, 0, 0};

    private final String path;
    private final List<SocketChannel> members = new ArrayList<>();

    /** A crowd that connects to the object at a path. */
    public Crowd(String path) {
        this.path = path;
    }

    /** Connects so many more, each of them accepted by its object before the next one. */
    public Crowd grow(int more) {
        for (int i = 0; i < more; i++) {
            members.add(connect());
        }
        return this;
    }

    /** Sends a message through the first member. */
    public Crowd say(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8)
                .put((byte) 0x81)
                .put((byte) (0x80 | 126))
                .putShort((short) payload.length)
                .put(MASK)
                .put(payload)
                .flip();
        write(members.get(0), frame);
        return this;
    }

    /** Waits until the last member has heard something. */
    public Crowd awaitNews() {
        read(members.get(members.size() - 1), ByteBuffer.allocate(64));
        return this;
    }

    /** Cuts everyone off at once, with a reset. */
    public void kill() {
        for (SocketChannel member : members) {
            try {
                member.setOption(StandardSocketOptions.SO_LINGER, 0);
                member.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        members.clear();
    }

    /** Leaves in good order: a close frame, and the answer to it. */
    public void leave() {
        for (SocketChannel member : members) {
            write(member, ByteBuffer.wrap(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8}));
        }
        for (SocketChannel member : members) {
            ByteBuffer rest = ByteBuffer.allocate(1024);
            while (read(member, rest.clear()) >= 0) {
                // Until the server closes its side.
            }
        }
        kill();
    }

    @Override
    public void close() {
        kill();
    }

    private SocketChannel connect() {
        int port = Integer.getInteger("it.http.port");
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            String request = "GET /ws/" + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
            write(channel, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            awaitAccepted(channel);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitAccepted(SocketChannel channel) throws IOException {
        StringBuilder heard = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        while (heard.indexOf("\"cid\"") < 0) {
            if (read(channel, buffer.clear()) < 0) {
                throw new IOException("refused: " + heard);
            }
            heard.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    private static int read(SocketChannel channel, ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException e) {
            return -1;
        }
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
