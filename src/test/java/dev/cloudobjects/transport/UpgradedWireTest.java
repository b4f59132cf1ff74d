package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.ManualExecutor;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpgradedWireTest {

    private final ManualExecutor sending = new ManualExecutor();
    private final ManualExecutor disposable = new ManualExecutor();
    private final FakeWebConnection connection = new FakeWebConnection() {
        @Override
        public ServletInputStream getInputStream() {
            throw new IllegalStateException("the wire only writes");
        }
    };
    private final List<Throwable> failures = new ArrayList<>();
    private int written;
    private UpgradedWire wire;

    @BeforeEach
    void open() throws IOException {
        wire = new UpgradedWire(connection, new Lanes(sending, disposable, 10), Duration.ZERO);
    }

    private String hex() {
        return HexFormat.of().formatHex(connection.flushed.toByteArray());
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
    void shouldSayThatAWriteFailedAndWriteNoMore() {
        connection.failure = new IOException("reset");
        send(new Encoded.Text("a"));
        assertEquals("reset", failures.get(0).getMessage());
        connection.failure = null;
        send(new Encoded.Text("b"));
        assertEquals(2, failures.size());
        assertThrows(UncheckedIOException.class, wire::ping);
        assertEquals("", hex());
    }

    @Test
    void shouldAnswerOnlyTheNewestOfThePingsThatWait() {
        wire.pong(new byte[] {1});
        wire.pong(new byte[] {2});
        assertEquals("", hex(), "not on the reader's thread");
        assertEquals(1, sending.runAll());
        assertEquals("8a0102", hex());
        wire.pong(new byte[] {3});
        sending.runAll();
        assertEquals("8a0102" + "8a0103", hex());
    }

    @Test
    void shouldWriteNothingToAClientWhoIsGone() {
        wire.hungUp();
        send(new Encoded.Text("late"));
        assertInstanceOf(IOException.class, failures.get(0));
        wire.close(1000, "bye");
        assertEquals("", hex());
        assertEquals(1, connection.closed);
        disposable.runAll();
        assertEquals(2, connection.closed, "it would have been closed without that");
    }

    @Test
    void shouldWriteNothingBehindItsClose() {
        wire.answerClose(1000);
        disposable.runAll();
        send(new Encoded.Text("late"));
        assertInstanceOf(IOException.class, failures.get(0));
        assertEquals("880203e8", hex());
    }

    @Test
    void shouldSayNothingWhereThereWasNoCloseFrame() {
        wire.close(1006, "the socket failed");
        assertEquals("", hex());
        assertEquals(1, connection.closed);
    }

    @Test
    void shouldCloseAClientThatCanNotBeTold() {
        connection.failure = new IOException("reset");
        wire.close(1013, "too slow");
        assertEquals(1, connection.closed);
    }

    @Test
    void shouldAnswerTheClientsCloseOnAThreadThatCanBeLost() {
        wire.answerClose(4000);
        assertFalse(connection.closed > 0);
        disposable.runAll();
        assertEquals("88020fa0", hex());
        assertEquals(1, connection.closed);
    }

    @Test
    void shouldAnswerACloseWithoutACodeWith1000() {
        wire.answerClose(1005);
        disposable.runAll();
        assertEquals("880203e8", hex());
    }

    @Test
    void shouldNotMindThatTheConnectionIsClosedAlready() {
        wire.answerClose(1001);
        disposable.runAll();
        wire.close(1001, "");
        assertEquals("880203e9", hex());
        assertEquals(2, connection.closed);
    }

    @Test
    void shouldAnswerTheKeyOfAHandshakeAsTheStandardSays() {
        // The example of RFC 6455, 1.3.
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", ServletUpgrade.answer("dGhlIHNhbXBsZSBub25jZQ=="));
    }
}
