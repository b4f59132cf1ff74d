package dev.cloudobjects.simulation;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.socket.SocketListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A socket between the SDK and a server: what is on its way in each direction, in order, and how it breaks. */
final class Socket implements Wire {

    private static final Pattern CONNECTED = Pattern.compile("\"type\":\"connected\",\"cid\":\"([^\"]+)\"");
    private static final Pattern MESSAGE = Pattern.compile("\"type\":\"(?:message|request)\",\"id\":\\d+,\"data\":\\{\"n\":(\\d+)");
    private static final int LOST = 1006;

    /** Something on its way. @param what for people to read */
    private record Item(String what, Runnable arrival) {}

    final int id;
    final int client;
    final Server server;

    private final World world;
    private final Deque<Item> down = new ArrayDeque<>();
    private final Deque<Item> up = new ArrayDeque<>();
    private final Deque<Done> writes = new ArrayDeque<>();
    private @Nullable SocketListener listener;
    private @Nullable String cid;
    private boolean clientEnded;
    private boolean serverEnded;
    private boolean cut;
    private boolean fails;
    private boolean stalls;

    Socket(int id, int client, Server server, World world) {
        this.id = id;
        this.client = client;
        this.server = server;
        this.world = world;
    }

    /** The client's handshake is on its way. @param accepts opens the socket at the server; gives none when it is refused */
    void request(Function<Socket, @Nullable SocketListener> accepts) {
        up.add(new Item("handshake", () -> {
            listener = serverEnded ? null : accepts.apply(this);
            if (listener == null) {
                serverEnded = true;
                down.add(new Item("refusal", () -> clientHears(LOST, "")));
            } else {
                // What the server sent before has come behind this.
                down.addFirst(new Item("open", () -> tell("open", id)));
            }
        }));
    }

    /** Whether nothing will come of it any more. */
    boolean isOver() {
        boolean isServerOver = serverEnded || (cut && listener == null);
        return clientEnded && isServerOver && down.isEmpty() && up.isEmpty() && (writes.isEmpty() || stalls);
    }

    boolean isBroken() {
        return cut;
    }

    // What is about to happen

    int choices() {
        return (down.isEmpty() ? 0 : 1) + (up.isEmpty() ? 0 : 1) + (writes.isEmpty() || stalls ? 0 : 1);
    }

    void choose(int index) {
        int left = index;
        if (!down.isEmpty() && left-- == 0) {
            Item item = down.remove();
            world.note("client %d, socket %d: %s", client, id, item.what());
            item.arrival().run();
        } else if (!up.isEmpty() && left-- == 0) {
            Item item = up.remove();
            world.note("server %d, socket %d: %s", server.number, id, item.what());
            item.arrival().run();
        } else {
            world.note("socket %d: a write has ended", id);
            writes.remove().ended(fails ? new IllegalStateException("the socket is broken") : null);
        }
    }

    // The server's end

    @Override
    public void send(Encoded message, Done done) {
        if (fails) {
            throw new IllegalStateException("the socket is broken");
        }
        String text = new String(message.toBytes(), StandardCharsets.UTF_8);
        if (!cut && !serverEnded) {
            down.add(new Item(text, () -> clientGets(text)));
        }
        writes.add(done);
    }

    @Override
    public void ping() {
        if (!cut && !serverEnded) {
            // A browser answers by itself.
            down.add(new Item("ping", () -> {
                if (!clientEnded && !cut) {
                    up.add(new Item("pong", () -> heard().controlFrame()));
                }
            }));
        }
    }

    @Override
    public void close(int code, String reason) {
        world.note("server %d closes socket %d: %d %s", server.number, id, code, reason);
        if (!serverEnded) {
            serverEnded = true;
            if (!cut) {
                down.add(new Item("close " + code, () -> {
                    if (!clientEnded) {
                        clientHears(code, reason);
                        answerClose(code);
                    }
                }));
            }
        }
    }

    private void answerClose(int code) {
        if (!cut) {
            up.add(new Item("close " + code, () -> heard().closed(code, "")));
        }
    }

    private SocketListener heard() {
        return Objects.requireNonNull(listener);
    }

    // The client's end

    private void clientGets(String text) {
        if (clientEnded) {
            return;
        }
        Matcher connected = CONNECTED.matcher(text);
        if (connected.find()) {
            cid = connected.group(1);
            world.model.connected(cid, text.contains("\"resume\":{"));
        }
        tell("message", id, text);
    }

    private void clientHears(int code, String reason) {
        if (!clientEnded) {
            clientEnded = true;
            tell("closed", id, code, reason);
        }
    }

    /** The SDK has sent a frame. */
    void sent(String frame) {
        Matcher message = MESSAGE.matcher(frame);
        if (message.find()) {
            world.model.left(Integer.parseInt(message.group(1)), String.valueOf(cid));
        }
        if (!clientEnded && !cut) {
            byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            up.add(new Item(shown(frame), () -> heard().binary(bytes, true)));
        }
    }

    private static String shown(String frame) {
        int most = 200;
        return frame.length() > most ? frame.substring(0, most) + "…" : frame;
    }

    /** The SDK has closed the socket. */
    void dropped(int code) {
        if (!clientEnded) {
            clientEnded = true;
            if (!cut) {
                up.add(new Item("close " + code, () -> {
                    if (listener != null) {
                        serverEnded = true;
                        listener.closed(code, "");
                    }
                }));
            }
        }
    }

    // Faults

    /**
     * The socket breaks.
     *
     * @param arrives how much of what is on its way still arrives, in each direction
     * @param clientHears whether the client is told
     * @param serverHears whether the server is told
     * @param fault whether the server is told of a fault, rather than of an end
     */
    void breakOff(int arrives, boolean clientHears, boolean serverHears, boolean fault) {
        if (cut) {
            return;
        }
        cut = true;
        keep(down, arrives);
        keep(up, arrives);
        if (clientHears) {
            down.add(new Item("lost", () -> clientHears(LOST, "")));
        }
        if (serverHears) {
            up.add(new Item("lost", () -> serverLoses(fault)));
        }
    }

    private static void keep(Deque<Item> items, int most) {
        while (items.size() > most) {
            items.removeLast();
        }
    }

    private void serverLoses(boolean fault) {
        serverEnded = true;
        if (listener == null) {
            return;
        }
        if (fault) {
            listener.failed(new IllegalStateException("the socket is broken"));
        } else {
            listener.closed(LOST, "");
        }
    }

    /** Writes do not end any more, or fail. */
    void stall(boolean failing) {
        if (failing) {
            fails = true;
        } else {
            stalls = true;
        }
    }

    /** Writes end again. */
    void flow() {
        stalls = false;
    }

    /** The server is no more: what it has sent arrives, and then the end. */
    void serverDied() {
        serverEnded = true;
        up.clear();
        writes.clear();
        if (!cut) {
            cut = true;
            down.add(new Item("lost", () -> clientHears(LOST, "")));
        }
    }

    private void tell(Object... command) {
        world.tell(command);
    }
}
