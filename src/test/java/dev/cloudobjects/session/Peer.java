package dev.cloudobjects.session;

import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.protocol.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A client that can resume its session, and counts what it gets as the SDK does. */
final class Peer {

    private final Bench bench;
    private final List<String> messages = new ArrayList<>();
    private FakeWire wire = new FakeWire();
    private Attachment attachment;
    private int read;
    private long received;

    Peer(Bench bench) {
        this.bench = bench;
        attachment = open();
        bench.sessions.accept(attachment.session());
        read();
    }

    private Attachment open() {
        Attachment made = bench.client().speaks(Dialect.V1).attach(wire);
        bench.attachments.makeResumable(made.session());
        return made;
    }

    Session session() {
        return attachment.session();
    }

    FakeWire wire() {
        return wire;
    }

    /** Reads what has come on its socket, and gives all the messages that it has got so far. */
    List<String> read() {
        bench.run();
        List<String> log = wire.log();
        for (; read < log.size(); read++) {
            String frame = log.get(read);
            if (frame.startsWith("{\"type\":\"message\"")) {
                messages.add(frame.replaceAll(".*\"data\":\"(.*)\"}", "$1"));
                received++;
            }
        }
        return messages;
    }

    /** The frames that have come on its socket, of a type. */
    long frames(String type) {
        bench.run();
        return wire.log().stream().filter(frame -> frame.startsWith("{\"type\":\"" + type + '"')).count();
    }

    /** Says how many messages it has. */
    boolean confirm() {
        read();
        return session().confirmed(received);
    }

    /** Writes to its socket end from now on only when {@link #answer} says so. */
    void stall() {
        wire.hold();
    }

    void answer() {
        wire.answer(null);
    }

    /** Loses its socket. What it has not read by now is lost. @param reads whether it reads before what was written */
    void lose(boolean reads) {
        if (reads) {
            read();
        }
        attachment.lost(SessionEnd.byPeer(1006, ""));
        bench.run();
    }

    /** Comes back over another socket; false when its session can't be resumed. */
    boolean back() {
        Session earlier = session();
        wire = new FakeWire();
        read = 0;
        Attachment fresh = open();
        boolean isBack = bench.attachments.resume(earlier, fresh.session(), received).isEmpty();
        if (isBack) {
            attachment = fresh;
            read();
        }
        return isBack;
    }

    /** How many frames the server counts. */
    long sent() {
        return Objects.requireNonNull(session().resumption()).log().sent();
    }

    long received() {
        return received;
    }
}
