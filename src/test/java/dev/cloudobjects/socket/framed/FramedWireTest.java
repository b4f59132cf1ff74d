package dev.cloudobjects.socket.framed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.ManualExecutor;
import dev.cloudobjects.time.FakeTimeouts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FramedWireTest {

    private final ManualExecutor sending = new ManualExecutor();
    private final ManualExecutor disposable = new ManualExecutor();
    private final FakeByteSocket socket = new FakeByteSocket();
    private final FakeTimeouts timeouts = new FakeTimeouts();
    private final List<Throwable> failures = new ArrayList<>();
    private int written;
    private FramedWire wire;

    @BeforeEach
    void open() {
        wire = new FramedWire(socket, new SocketExecutors(sending, disposable, 10), timeouts);
    }

    private String hex() {
        return HexFormat.of().formatHex(socket.written.toByteArray());
    }

    private void send(Encoded message) {
        wire.send(message, failure -> {
            written++;
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    @Test
    void shouldWriteTextsAndBytesAsFrames() {
        send(new Encoded.Text("é"));
        send(new Encoded.Bytes(new byte[] {7}));
        assertEquals("8102c3a9" + "820107", hex());
        assertEquals(2, written);
        assertEquals(List.of(), failures);
    }

    @Test
    void shouldPing() {
        wire.ping();
        assertEquals("8900", hex());
    }

    @Test
    void shouldSayThatAWriteFailed() {
        socket.failure = new IOException("reset");
        send(new Encoded.Text("a"));
        assertEquals("reset", failures.get(0).getMessage());
        socket.failure = null;
        assertEquals("", hex());
    }

    @Test
    void shouldAnswerOnlyTheNewestOfThePingsThatWait() {
        socket.full = true;
        wire.pong(new byte[] {1});
        wire.pong(new byte[] {2});
        wire.pong(new byte[] {3});
        socket.drain();
        assertEquals("8a0101" + "8a0103", hex());
        wire.pong(new byte[] {4});
        assertEquals("8a0101" + "8a0103" + "8a0104", hex());
    }

    @Test
    void shouldAnswerNoPingBehindItsClose() {
        wire.close(1001, "");
        wire.pong(new byte[] {1});
        assertEquals("880203e9", hex());
    }

    @Test
    void shouldWriteNothingToAClientWhoIsGone() {
        wire.socketEnded();
        assertThrows(IllegalStateException.class, () -> send(new Encoded.Text("late")));
        assertClosed();
        wire.close(1000, "bye");
        assertEquals("", hex());
    }

    @Test
    void shouldWriteNothingBehindItsClose() {
        wire.answerClose(1000);
        assertThrows(IllegalStateException.class, () -> send(new Encoded.Text("late")));
        assertEquals("880203e8", hex());
    }

    @Test
    void shouldSayNothingWhereThereWasNoCloseFrame() {
        wire.close(1006, "the socket failed");
        assertEquals("", hex());
        assertClosed();
    }

    @Test
    void shouldWaitForTheClientToCloseToo() {
        wire.close(4000, "bye");
        assertEquals("88050fa0" + "627965", hex());
        assertOpen();
        wire.answerClose(4000);
        assertEquals("88050fa0" + "627965", hex(), "which is no question");
        assertClosed();
    }

    @Test
    void shouldWaitForAClientOnlySoLong() {
        wire.close(4000, "bye");
        timeouts.timeOut();
        assertClosed();
    }

    @Test
    void shouldWaitNoLongerForAClientWhoIsGone() {
        wire.close(4000, "bye");
        wire.socketEnded();
        assertClosed();
    }

    @Test
    void shouldWaitForNobodyTwice() {
        wire.close(4000, "bye");
        wire.close(1013, "still there");
        assertEquals("88050fa0" + "627965", hex());
        assertClosed();
    }

    @Test
    void shouldCloseAClientThatCanNotBeTold() {
        socket.failure = new IOException("reset");
        wire.close(1013, "too slow");
        assertClosed();
    }

    @Test
    void shouldAnswerTheClientsClose() {
        wire.answerClose(4000);
        assertEquals("88020fa0", hex());
        assertClosed();
    }

    @Test
    void shouldEndOnlyWhenTheAnswerToTheClientsCloseHasLeft() {
        socket.full = true;
        send(new Encoded.Text("a"));
        wire.answerClose(4000);
        assertOpen();
        socket.drain();
        assertEquals("810161" + "88020fa0", hex());
        assertClosed();
    }

    @Test
    void shouldAnswerACloseWithoutACodeWith1000() {
        wire.answerClose(1005);
        assertEquals("880203e8", hex());
    }

    @Test
    void shouldNotMindThatTheConnectionIsClosedAlready() {
        wire.answerClose(1001);
        wire.close(1001, "");
        wire.socketEnded();
        assertEquals("880203e9", hex());
        assertClosed();
    }

    @Test
    void shouldCloseEvenWhenTheThreadsAreGone() {
        FramedWire late = new FramedWire(
                socket,
                new SocketExecutors(
                        sending,
                        task -> {
                            throw new RejectedExecutionException("the application stops");
                        },
                        10),
                timeouts);
        late.socketEnded();
        assertEquals(1, socket.closed);
    }

    private void assertOpen() {
        disposable.runAll();
        assertEquals(0, socket.closed);
        assertEquals(1, timeouts.size());
    }

    private void assertClosed() {
        assertEquals(0, socket.closed, "on a thread that can be lost");
        disposable.runAll();
        assertEquals(1, socket.closed);
        assertEquals(0, timeouts.size());
    }
}
