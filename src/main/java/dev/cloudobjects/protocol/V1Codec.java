package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.JsonOutline;
import dev.cloudobjects.json.JsonOutline.Member;
import dev.cloudobjects.json.JsonScanner;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.json.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dialect {@code cloudobjects.v1}: a frame is a JSON object; one with raw binary data is the byte 0x01, the length
 * of its JSON header as an unsigned 16-bit number in network order, that header, and the data.
 */
final class V1Codec implements Codec {

    static final byte BINARY = 1;
    /** So much of a message is looked at for its id when the rest is not read. */
    private static final int BEGINNING = 512;

    private static final int END = 64;

    /** The last brace closes the frame, so what is ahead of it is a member of the frame and not of its data. */
    private static final Pattern LAST_MEMBER_ID = Pattern.compile("[,{]\\s*\"id\"\\s*:\\s*(\\d{1,16})\\s*}\\s*$");

    static final int PREFIX = 3;
    /** Types that later versions will serve: refused by name, so that a client knows what it met. */
    private static final Set<String> RESERVED = Set.of("resume", "batch");

    private final JsonMapper mapper;
    private final V1Encoder encoder;
    private final ResumeReader resumes;
    private final GroupFrameReader groups;
    private final RequestReader requests;

    V1Codec(JsonMapper mapper) {
        this.mapper = mapper;
        this.resumes = new ResumeReader(mapper);
        this.groups = new GroupFrameReader(mapper);
        this.requests = new RequestReader(mapper);
        this.encoder = new V1Encoder(mapper);
    }

    @Override
    public JsonMapper mapper() {
        return mapper;
    }

    @Override
    public Dialect dialect() {
        return Dialect.V1;
    }

    @Override
    public boolean awaitsConnect() {
        return true;
    }

    @Override
    public ClientFrame decode(String text) {
        return decode(text, null);
    }

    @Override
    public ClientFrame decode(byte[] message) {
        if (message.length == 0 || message[0] != BINARY) {
            return decode(Utf8.decode(message, 0, message.length), null);
        }
        if (message.length < PREFIX) {
            throw new MalformedMessage("a binary frame ends before its header");
        }
        int end = PREFIX + Short.toUnsignedInt(ByteBuffer.wrap(message).getShort(1));
        if (end > message.length) {
            throw new MalformedMessage(
                    "a binary frame of " + message.length + " bytes has a header that ends at " + end);
        }
        String header = Utf8.decode(message, PREFIX, end - PREFIX);
        return decode(header, Arrays.copyOfRange(message, end, message.length));
    }

    @Override
    public @Nullable Long findId(String text) {
        return findId(
                text.substring(0, Math.min(text.length(), BEGINNING)), text.substring(Math.max(0, text.length() - END)));
    }

    @Override
    public @Nullable Long findId(byte[] message) {
        int start = 0;
        int end = message.length;
        if (end >= PREFIX && message[0] == BINARY) {
            start = PREFIX;
            end = Math.min(end, PREFIX + Short.toUnsignedInt(ByteBuffer.wrap(message).getShort(1)));
        }
        // What is no UTF-8, such as half a character where it is cut, becomes U+FFFD.
        int from = Math.max(start, end - END);
        return findId(
                new String(message, start, Math.min(end - start, BEGINNING), StandardCharsets.UTF_8),
                new String(message, from, end - from, StandardCharsets.UTF_8));
    }

    @Override
    public boolean isResponse(String text) {
        return saysResponse(text.substring(0, Math.min(text.length(), BEGINNING)));
    }

    @Override
    public boolean isResponse(byte[] message) {
        int start = message.length >= PREFIX && message[0] == BINARY ? PREFIX : 0;
        return saysResponse(new String(
                message, start, Math.min(message.length - start, BEGINNING), StandardCharsets.UTF_8));
    }

    private boolean saysResponse(String beginning) {
        Member type = beginning(beginning).find("type");
        return type != null && type.value().equals("\"response\"");
    }

    /** What can be read of the beginning of a frame. */
    private JsonOutline beginning(String text) {
        JsonScanner scanner = new JsonScanner(text, mapper.limits().aroundData());
        try {
            scanner.scan();
        } catch (MalformedMessage e) {
            // It goes on behind its beginning, or is what it says.
        }
        return scanner.outline();
    }

    private @Nullable Long findId(String beginning, String end) {
        Member id = beginning(beginning).find("id");
        if (id != null) {
            return isId(id.value()) ? Long.valueOf(id.value()) : null;
        }
        Matcher last = LAST_MEMBER_ID.matcher(end);
        return last.find() && isId(last.group(1)) ? Long.valueOf(last.group(1)) : null;
    }

    private ClientFrame decode(String text, byte @Nullable [] bytes) {
        JsonOutline frame = outline(text);
        if (frame.first() == '[') {
            throw new MalformedMessage(Code.NOT_CALLABLE, "batches of frames are for servers to send", null);
        }
        if (frame.first() != '{') {
            throw new MalformedMessage("a frame is a JSON object");
        }
        Long id = id(frame.find("id"));
        String type = type(frame.find("type"), id);
        return switch (type) {
            case "message" -> new ClientFrame.Message(id, data(frame, bytes, id));
            case "connect" -> new ClientFrame.Connect(
                    data(frame, bytes, id),
                    flag(frame.find("batch"), "batch", id),
                    optionalToken(frame.find("token"), id),
                    resumes.read(frame.find("resume"), id),
                    flag(frame.find("requests"), "requests", id));
            case "request" -> requests.request(frame, id, data(frame, bytes, id));
            case "response" -> requests.response(frame, id, data(frame, bytes, id));
            case "cancel" -> withoutBytes(requests.cancel(frame, id), bytes, id);
            case "credit" -> withoutBytes(requests.credit(frame, id), bytes, id);
            case "auth" -> withoutBytes(new ClientFrame.Auth(id, token(frame.find("token"), id)), bytes, id);
            case "catchup" -> withoutBytes(GroupFrameReader.catchUp(frame, id), bytes, id);
            case "here" -> withoutBytes(groups.here(frame, id), bytes, id);
            case "ping" -> withoutBytes(new ClientFrame.Ping(received(frame, id)), bytes, id);
            case "pong" -> withoutBytes(new ClientFrame.Pong(received(frame, id)), bytes, id);
            default -> throw unsupported(type, id);
        };
    }

    private JsonOutline outline(String text) {
        JsonScanner scanner = new JsonScanner(text, mapper.limits().aroundData());
        try {
            return scanner.scan();
        } catch (MalformedMessage e) {
            // Whoever waits for word of this message shall get it, if its id can be known.
            Member id = scanner.outline().find("id");
            throw id == null || !isId(id.value()) ? e : e.about(Long.parseLong(id.value()));
        }
    }

    private static Payload data(JsonOutline frame, byte @Nullable [] bytes, @Nullable Long id) {
        Member data = frame.find("data");
        if (bytes == null) {
            return data == null ? Payload.NULL : new Payload.Json(data.value());
        }
        if (data != null) {
            throw new MalformedMessage(
                    Code.BAD_REQUEST, "a binary frame has its data behind the header, not in it", id);
        }
        return new Payload.Binary(bytes);
    }

    private static ClientFrame withoutBytes(ClientFrame frame, byte @Nullable [] bytes, @Nullable Long id) {
        if (bytes != null) {
            throw new MalformedMessage(Code.BAD_REQUEST, "only connect, message, request and response can be binary frames", id);
        }
        return frame;
    }

    private static @Nullable Long id(@Nullable Member id) {
        if (id == null) {
            return null;
        }
        if (!isId(id.value())) {
            throw new MalformedMessage("id must be a whole number from 1 to " + WholeNumbers.MAX);
        }
        return Long.parseLong(id.value());
    }

    private static boolean isId(String text) {
        return WholeNumbers.find(text) >= 1;
    }

    private static @Nullable Long received(JsonOutline frame, @Nullable Long id) {
        Member received = frame.find("received");
        return received == null ? null : ResumeReader.count(received, id);
    }

    private static String type(@Nullable Member type, @Nullable Long id) {
        return text(type, "a frame needs a type, as a text", id);
    }

    private static String token(@Nullable Member token, @Nullable Long id) {
        return text(token, "an auth frame needs a token, as a text", id);
    }

    private static @Nullable String optionalToken(@Nullable Member token, @Nullable Long id) {
        return token == null ? null : text(token, "the token of a connect frame must be a text", id);
    }

    static boolean flag(@Nullable Member member, String name, @Nullable Long id) {
        return switch (member == null ? "false" : member.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new MalformedMessage(Code.BAD_REQUEST, name + " must be true or false", id);
        };
    }

    static String text(@Nullable Member member, String need, @Nullable Long id) {
        String text = member == null ? "" : member.value();
        if (!text.startsWith("\"")) {
            throw new MalformedMessage(Code.BAD_REQUEST, need, id);
        }
        return JsonScanner.unescape(text.substring(1, text.length() - 1));
    }

    private static MalformedMessage unsupported(String type, @Nullable Long id) {
        if (RESERVED.contains(type)) {
            String message = "frames of type " + type + " are not supported by this server";
            return new MalformedMessage(Code.NOT_CALLABLE, message, id);
        }
        return new MalformedMessage(Code.BAD_REQUEST, "unknown type of frame", id);
    }

    @Override
    public Optional<Encoded> encode(ServerFrame frame) {
        return frame.fold(encoder);
    }

    @Override
    public Encoded batch(List<Encoded> frames) {
        int size = 1 + frames.size() + frames.stream().mapToInt(Encoded::size).sum();
        ByteBuffer list = ByteBuffer.allocate(size);
        byte ahead = '[';
        for (Encoded frame : frames) {
            list.put(ahead).put(frame.toBytes());
            ahead = ',';
        }
        return Encoded.Text.ofUtf8(list.put((byte) ']').array());
    }
}
