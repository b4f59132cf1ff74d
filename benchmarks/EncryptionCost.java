import dev.cloudobjects.noise.KeyPair;
import dev.cloudobjects.noise.NkInitiator;
import dev.cloudobjects.noise.NkResponder;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.protocol.ChannelFrames;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the encrypted channel costs the server: see README.md. */
public final class EncryptionCost {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NOTHING = {};
    private static final String OBJECT = "bench/pub.broadcast";

    private EncryptionCost() {}

    public static void main(String... arguments) throws Exception {
        switch (arguments.length) {
            case 0 -> primitives();
            case 2 -> broadcasts(URI.create(arguments[0]), Long.parseLong(arguments[1]), 5, 1000);
            case 4 -> broadcasts(
                    URI.create(arguments[0]),
                    Long.parseLong(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException(
                    "no arguments, or the server's address and process id, and then rounds and connections");
        }
    }

    // One thread, without a server

    private static void primitives() throws Exception {
        KeyPair own = KeyPair.generate(RANDOM);
        byte[] prologue = ChannelFrames.prologue("a/b", "default", "", "t".repeat(400));
        List<byte[]> greetings = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            greetings.add(NkInitiator.start(own.publicKey(), prologue, NOTHING, RANDOM).message());
        }
        for (int round = 1; round <= 5; round++) {
            long start = cpu();
            NoiseChannel channel = null;
            for (byte[] greeting : greetings) {
                channel = NkResponder.read(own, prologue, greeting).answer(NOTHING, RANDOM).channel();
            }
            double handshake = (cpu() - start) / 1e3 / greetings.size();
            byte[] message = new byte[1024];
            int messages = 200_000;
            start = cpu();
            for (int i = 0; i < messages; i++) {
                channel.seal(message, ChannelFrames.HEADROOM);
            }
            double sealing = (cpu() - start) / 1e3 / messages;
            System.out.printf(
                    "round %d: handshake %.0f µs (%.0f/s), sealing 1 KiB %.2f µs%n",
                    round, handshake, 1e6 / handshake, sealing);
        }
    }

    // A server's processor time

    private static void broadcasts(URI base, long pid, int rounds, int connections) throws Exception {
        List<Double> clear = new ArrayList<>();
        List<Double> sealed = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double one = perDelivery(base, pid, connections, false);
            double other = perDelivery(base, pid, connections, true);
            System.out.printf("round %d: clear %.1f µs, encrypted %.1f µs a delivery%n", round, one, other);
            if (round > 0) {
                clear.add(one);
                sealed.add(other);
            }
        }
        System.out.printf(
                "median: clear %.1f µs, encrypted %.1f µs, ratio %.2f%n",
                median(clear), median(sealed), median(sealed) / median(clear));
        // For the runner
        System.out.printf(
                Locale.ROOT,
                "{\"clear_us\":%.3f,\"encrypted_us\":%.3f,\"ratio\":%.3f}%n",
                median(clear), median(sealed), median(sealed) / median(clear));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double perDelivery(URI base, long pid, int connections, boolean encrypted) throws Exception {
        int broadcasts = 200;
        byte[] message = ("{\"type\":\"message\",\"data\":\"" + "x".repeat(1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        List<Member> members = new ArrayList<>();
        try {
            byte[] key = encrypted ? serverKey(base) : NOTHING;
            for (int i = 0; i < connections; i++) {
                members.add(new Member(base, key));
            }
            Duration before = cpu(pid);
            for (int i = 0; i < broadcasts; i++) {
                members.get(0).send(message);
                for (Member member : members) {
                    member.read();
                }
            }
            return cpu(pid).minus(before).toNanos() / 1e3 / connections / broadcasts;
        } finally {
            for (Member member : members) {
                member.socket.close();
            }
        }
    }

    /** The processor time of this thread, which other work on the machine does not count towards. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
    }

    private static byte[] serverKey(URI base) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/connect/keys")).build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        Matcher key = Pattern.compile("\"key\":\"([^\"]+)\"").matcher(answer);
        if (!key.find()) {
            throw new IllegalStateException(answer);
        }
        return Base64.getUrlDecoder().decode(key.group(1));
    }

    /** One connection, which reads what comes and does not open it: the processor is to be the server's. */
    private static final class Member {
        private static final int BINARY = 2;
        private static final int PING = 9;
        private static final int PONG = 10;

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private NoiseChannel channel;

        Member(URI base, byte[] key) throws Exception {
            socket = new Socket(base.getHost(), base.getPort());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            out.write(("GET /ws/" + OBJECT + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: cloudobjects.v1\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int end = 0; end != 0x0d0a0d0a; ) {
                end = (end << 8) | in.readUnsignedByte();
            }
            if (key.length > 0) {
                byte[] id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), 8);
                byte[] prologue = ChannelFrames.prologue(OBJECT, "default", "", "");
                NkInitiator initiator = NkInitiator.start(key, prologue, NOTHING, RANDOM);
                frame(ByteBuffer.allocate(57).put((byte) 2).put(id).put(initiator.message()).array());
                byte[] answer = read();
                channel = initiator.finish(Arrays.copyOfRange(answer, 1, answer.length)).channel();
            }
            send("{\"type\":\"connect\"}".getBytes(StandardCharsets.UTF_8));
            read();
        }

        void send(byte[] message) throws IOException {
            frame(channel == null ? message : ChannelFrames.sealed(channel.seal(message, 1)).toBytes());
        }

        private void frame(byte[] payload) throws IOException {
            frame(BINARY, payload);
        }

        private void frame(int opcode, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) (0x80 | opcode));
            if (payload.length < 126) {
                frame.put((byte) (0x80 | payload.length));
            } else {
                frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
            }
            frame.putInt(0).put(payload);
            out.write(frame.array(), 0, frame.position());
        }

        byte[] read() throws IOException {
            int opcode = in.readUnsignedByte() & 15;
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
            in.readFully(payload);
            if (opcode == PING) {
                frame(PONG, payload);
                return read();
            }
            if (opcode > BINARY) {
                throw new IOException("opcode " + opcode + ": " + new String(payload, StandardCharsets.UTF_8));
            }
            return payload;
        }
    }
}
