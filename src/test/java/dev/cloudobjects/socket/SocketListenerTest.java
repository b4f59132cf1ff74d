package dev.cloudobjects.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.EncryptionKeys;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketListenerTest {

    private static final byte[] NO_UTF8 = {'"', (byte) 0xff, '"'};

    private final Bench bench = new Bench();
    private final FakeWire wire = new FakeWire();
    private final List<String> heard = new ArrayList<>();

    private final Gateway gateway = new Gateway() {
        @Override
        public void connect(Session connection, Payload data) {
            bench.sessions.accept(connection);
        }

        @Override
        public void received(Session connection, Link link, Unread message) {
            try {
                heard.add(message.read().getClass().getSimpleName());
            } catch (MalformedMessage e) {
                heard.add("malformed");
            }
        }

        @Override
        public void encryptionFailed(Session connection, String why) {
            bench.sessions.end(connection, SessionEnd.byServer(CloseCode.ENCRYPTION_FAILED));
        }
    };

    private SocketListener open(Dialect dialect, Optional<ChannelTerms> terms) {
        AcceptedHandshake handshake = new AcceptedHandshake(
                new Session.Route(Bench.PATH, "default", false, "http://here"),
                new Caller(
                        Authentication.ANONYMOUS, null, new Caller.Client(null, null, null, null, null, null, "192.0.2.1")),
                dialect.codec(Bench.JSON),
                Payload.NULL,
                Optional.empty(),
                Optional.empty(),
                terms);
        SocketListener.Limits limits = new SocketListener.Limits(100, 3, 1000);
        SocketListener opened = new SocketListener(
                handshake, new SocketListener.Shared(bench.links, bench.attachments, gateway, limits, bench.clock), wire);
        opened.begin();
        bench.run();
        return opened;
    }

    @ParameterizedTest
    @CsvSource({"65536, 0, 64", "1000, 0, 64", "10485760, 0, 10240", "10485760, 7, 7"})
    void shouldAllowTheFragmentsThatItsBytesNeed(String bytes, String fragments, int most) {
        Map<String, String> set = Map.of(
                "cloudobjects.message.max-bytes", bytes, "cloudobjects.message.max-fragments", fragments);
        Settings settings = new Settings(name -> Optional.ofNullable(set.get(name)));
        assertEquals(most, SocketListener.Limits.of(settings).messageFragments());
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 20, 0, 262144", "65536, 0, 0, 0", "65536, 1, 0, 65536", "1073741824, 2147483647, 0, 461168601627990425",
        "65536, 20, 1000000, 1000000", "65536, 0, 1000000, 1000000", "65536, 20, 1000, 65536"
    })
    void shouldReadAsMuchInASecondAsItsMessagesAllow(String bytes, String rate, String set, long most) {
        Map<String, String> values = Map.of(
                "cloudobjects.message.max-bytes", bytes,
                "cloudobjects.message.rate", rate,
                "cloudobjects.message.bytes-per-second", set);
        Settings settings = new Settings(name -> Optional.ofNullable(values.get(name)));
        assertEquals(most, SocketListener.Limits.of(settings).bytesPerSecond());
    }

    @Nested
    class Closing {

        private final SocketListener listener = open(Dialect.PLAIN, Optional.empty());

        @Test
        void shouldReadWhatComesBeforeThat() {
            listener.text("1", true);
            listener.utf8(new byte[] {'2'}, true);
            listener.binary(new byte[] {3}, true);
            listener.text("{", true);
            assertEquals(List.of("Message", "Message", "Message", "malformed"), heard);
        }

        @Test
        void shouldReadNothingMore() {
            bench.all.restart(1, Duration.ofSeconds(2));
            listener.text("1", true);
            listener.utf8(new byte[] {'2'}, true);
            listener.binary(new byte[] {3}, true);
            listener.text("{", true);
            assertEquals(List.of(), heard);
        }

        @Test
        void shouldTakeNothingMoreIntoMemory() {
            bench.all.restart(1, Duration.ofSeconds(2));
            for (int i = 0; i < 10; i++) {
                listener.text("x".repeat(90), false);
            }
            bench.run();
            assertEquals(List.of(), bench.ended, "it was never counted, so it can't be too large");
        }

        @Test
        void shouldHearTheClientsAnswer() {
            bench.all.restart(1, Duration.ofSeconds(2));
            bench.run();
            assertEquals(List.of("close 1012 the server restarts"), wire.closes());
            listener.closed(1012, "");
            assertEquals(0, bench.sessions.count());
            assertEquals(1, bench.ended.size());
        }
    }

    @Nested
    class TextThatIsNoUtf8 {

        @TempDir
        static Path folder;

        @Test
        void shouldBeABadPayloadInClear() {
            open(Dialect.V1, Optional.empty()).utf8(NO_UTF8, true);
            bench.run();
            assertEquals(List.of("close 1007 the message is malformed"), wire.closes());
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void shouldBeATextWhereNoneMayCome(boolean demanded) {
            EncryptionKeys keys = EncryptionKeys.of(new Keyring(folder, new SecureRandom()));
            ChannelTerms terms = new ChannelTerms(keys, new byte[0], demanded);
            open(Dialect.V1, Optional.of(terms)).utf8(NO_UTF8, true);
            bench.run();
            assertEquals(
                    demanded
                            ? List.of("close 4004 the encrypted channel failed")
                            : List.of("close 1007 the message is malformed"),
                    wire.closes());
        }
    }
}
