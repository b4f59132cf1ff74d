package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A session that loses its socket and is resumed over another one, without the handshake, its login and its filters. */
public class ResumeBenchmark extends AverageTime {

    /** How many messages the client missed. */
    @Param({"0", "100"})
    public int missed;

    private final OutgoingMessage message =
            new OutgoingMessage(new ServerFrame.Message(Crowd.JSON.parse("\"" + "x".repeat(100) + "\"")));
    private Crowd crowd;
    private Attachment attachment;
    private long received;

    @Setup
    public void open() {
        crowd = new Crowd(1000, true);
        attachment = crowd.opened(1000, SilentWire.INSTANCE);
        crowd.sessions.accept(attachment.session());
    }

    @Benchmark
    public Object lossAndReturn() {
        Session session = attachment.session();
        attachment.lost(SessionEnd.byPeer(1006, ""));
        for (int i = 0; i < missed; i++) {
            crowd.deliveries.deliver(session, message);
        }
        Attachment next = crowd.opened(1000, SilentWire.INSTANCE);
        if (crowd.attachments.resume(session, next.session(), received).isPresent()) {
            throw new AssertionError("not resumed");
        }
        received += missed;
        attachment = next;
        return session;
    }
}
