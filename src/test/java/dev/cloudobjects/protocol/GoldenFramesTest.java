package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.json.TaggedBytes;
import dev.cloudobjects.json.TestLimits;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFramesTest {

    private final JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);

    static Stream<Golden> fromClient() {
        return Golden.cases("v1-client.json", "plain-client.json");
    }

    static Stream<Golden> fromServer() {
        return Golden.cases("v1-server.json", "plain-server.json");
    }

    static Stream<Golden> invalid() {
        return Golden.cases("v1-invalid.json", "plain-invalid.json");
    }

    static Stream<Golden> bytes() {
        return Golden.cases("bytes.json");
    }

    @ParameterizedTest
    @MethodSource("fromClient")
    void shouldDecodeWhatAClientSends(Golden golden) {
        assertEquals(normal(golden.frame()), meaning(golden.decode(golden.codec(mapper))));
    }

    @ParameterizedTest
    @MethodSource("fromServer")
    void shouldEncodeWhatTheServerSends(Golden golden) {
        Optional<Encoded> encoded = golden.codec(mapper).encode(serverFrame(golden));
        if (golden.json().isNull("message")) {
            assertEquals(Optional.empty(), encoded);
        } else if (golden.text() == null) {
            assertArrayEquals(golden.bytes(), ((Encoded.Bytes) encoded.orElseThrow()).bytes());
        } else {
            String text = ((Encoded.Text) encoded.orElseThrow()).text();
            assertEquals(mapper.tree(new Payload.Json(golden.text())), mapper.tree(mapper.parse(text)));
        }
    }

    static Stream<Golden> batches() {
        return Golden.cases("v1-batch.json");
    }

    @ParameterizedTest
    @MethodSource("batches")
    void shouldPutSeveralFramesIntoOneMessage(Golden golden) {
        Codec codec = golden.codec(mapper);
        Encoded batch = codec.batch(golden.frames().stream()
                .map(frame -> codec.encode(serverFrame(frame)).orElseThrow())
                .toList());
        String text = ((Encoded.Text) batch).text();
        assertEquals(mapper.tree(new Payload.Json(golden.text())), mapper.tree(mapper.parse(text)));
        assertEquals(text, new String(batch.toBytes(), StandardCharsets.UTF_8));
        assertEquals(batch.toBytes().length, batch.size());
    }

    @Test
    void shouldMakeNoBatchForPlainClients() {
        Codec plain = Dialect.PLAIN.codec(mapper);
        assertThrows(UnsupportedOperationException.class, () -> plain.batch(List.of()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRefuseWhatIsInvalid(Golden golden) {
        MalformedMessage refusal =
                assertThrows(MalformedMessage.class, () -> golden.decode(golden.codec(mapper)));
        JsonObject error = golden.json().getJsonObject("error");
        assertEquals(error.getInt("code"), refusal.code().value());
        Long re = error.containsKey("re") ? error.getJsonNumber("re").longValue() : null;
        assertEquals(re, refusal.re());
        assertTrue(refusal.getMessage().length() < 120, refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void shouldTellBytesFromObjectsThatLookLikeThem(Golden golden) {
        Optional<String> bytes = TaggedBytes.read(golden.json().get("json")).map(Base64.getEncoder()::encodeToString);
        assertEquals(golden.json().isNull("base64"), bytes.isEmpty());
        bytes.ifPresent(text -> assertEquals(golden.json().getString("base64"), text));
    }

    /** The frame as the golden cases write it. */
    private JsonObject meaning(ClientFrame frame) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (frame instanceof ClientFrame.Connect connect) {
            if (connect.batch()) {
                json.add("batch", true);
            }
            if (connect.requests()) {
                json.add("requests", true);
            }
            String token = connect.token();
            if (token != null) {
                json.add("token", token);
            }
            ClientFrame.Resume resume = connect.resume();
            if (resume != null) {
                add(json, resume);
            }
            add(json.add("type", "connect"), connect.data());
        } else if (frame instanceof ClientFrame.Message message) {
            Long id = message.id();
            if (id != null) {
                json.add("id", id);
            }
            add(json.add("type", "message"), message.data());
        } else if (frame instanceof ClientFrame.Request request) {
            json.add("type", "request").add("id", request.number());
            if (request.method() != null) {
                json.add("method", request.method());
            }
            if (request.credit() != null) {
                json.add("credit", request.credit());
            }
            add(json, request.data());
        } else if (frame instanceof ClientFrame.Response response) {
            json.add("type", "response").add("id", response.number()).add("re", response.re());
            ErrorBody err = response.err();
            if (err == null) {
                add(json, response.data());
            } else {
                json.add("err", Json.createObjectBuilder().add("code", err.code()).add("msg", err.msg()));
            }
        } else if (frame instanceof ClientFrame.Cancel cancel) {
            json.add("type", "cancel").add("re", cancel.re());
        } else if (frame instanceof ClientFrame.Credit credit) {
            json.add("type", "credit").add("re", credit.re()).add("total", credit.total());
        } else if (frame instanceof ClientFrame.Auth auth) {
            Long id = auth.id();
            if (id != null) {
                json.add("id", id);
            }
            json.add("type", "auth").add("token", auth.token());
        } else if (frame instanceof ClientFrame.CatchUp catchUp) {
            Long id = catchUp.id();
            if (id != null) {
                json.add("id", id);
            }
            json.add("type", "catchup").add("group", catchUp.group());
            ServerFrame.Position since = catchUp.since();
            if (since != null) {
                json.add("epoch", since.epoch()).add("pos", since.pos());
            }
        } else if (frame instanceof ClientFrame.Here here) {
            Long id = here.id();
            if (id != null) {
                json.add("id", id);
            }
            JsonObjectBuilder place = Json.createObjectBuilder();
            String path = here.place().path();
            if (path != null) {
                place.add("path", path);
            }
            place.add(here.place().kind().name().toLowerCase(Locale.ROOT), here.place().name());
            json.add("type", "here").add("place", place).add("limit", here.limit());
            String after = here.after();
            if (after != null) {
                json.add("after", after);
            }
        } else if (frame instanceof ClientFrame.Ping ping) {
            add(json.add("type", "ping"), ping.received());
        } else if (frame instanceof ClientFrame.Pong pong) {
            add(json.add("type", "pong"), pong.received());
        }
        return normal(json.build());
    }

    private static void add(JsonObjectBuilder json, @Nullable Long received) {
        if (received != null) {
            json.add("received", received);
        }
    }

    private static void add(JsonObjectBuilder json, ClientFrame.Resume resume) {
        ClientFrame.Earlier earlier = resume.earlier();
        if (earlier == null) {
            json.add("resume", true);
        } else {
            json.add("resume", Json.createObjectBuilder()
                    .add("cid", earlier.cid())
                    .add("secret", earlier.secret())
                    .add("received", earlier.received()));
        }
    }

    private void add(JsonObjectBuilder json, Payload data) {
        if (data instanceof Payload.Binary binary) {
            json.add("binary", Base64.getEncoder().encodeToString(binary.bytes()));
        } else {
            json.add("data", mapper.tree(data));
        }
    }

    /** As a tree of one provider's own making, whose numbers are equal when they look alike. */
    private JsonObject normal(JsonObject json) {
        return mapper.tree(new Payload.Json(json.toString())).asJsonObject();
    }

    private static ServerFrame.@Nullable Resumable resumable(JsonObject frame) {
        JsonObject resume = frame.getJsonObject("resume");
        return resume == null
                ? null
                : new ServerFrame.Resumable(resume.getString("secret"), resume.getInt("window"));
    }

    private static ServerFrame.@Nullable Recovery recovery(JsonObject frame) {
        if (!frame.containsKey("recovered")) {
            return null;
        }
        return frame.getBoolean("recovered")
                ? new ServerFrame.Recovery.Recovered(frame.getInt("received"))
                : new ServerFrame.Recovery.Missed(
                        ServerFrame.Reason.valueOf(frame.getString("reason").toUpperCase(Locale.ROOT)));
    }

    private ServerFrame serverFrame(Golden golden) {
        JsonObject frame = golden.frame();
        return switch (frame.getString("type")) {
            case "connected" -> new ServerFrame.Connected(
                    frame.getString("cid"), frame.getInt("pingInterval"), resumable(frame), recovery(frame));
            case "message" -> new ServerFrame.Message(golden.data(mapper), position(frame));
            case "presence" -> new ServerFrame.Presence(
                    place(frame),
                    frame.getInt("version"),
                    frame.getJsonArray("changes").getValuesAs(JsonObject.class).stream()
                            .map(change -> new PresenceChange(
                                    place(frame),
                                    change.getString("member"),
                                    PresenceChange.Kind.valueOf(
                                            change.getString("change").toUpperCase(Locale.ROOT)),
                                    change.get("data"),
                                    frame.getInt("version"),
                                    0))
                            .toList(),
                    frame.getBoolean("over", false));
            case "members" -> new ServerFrame.Members(
                    re(frame),
                    new Here(
                            place(frame),
                            frame.getInt("version"),
                            frame.getJsonArray("members").getValuesAs(JsonObject.class).stream()
                                    .map(member -> new Here.Member(
                                            member.getString("member"),
                                            member.getBoolean("away", false),
                                            member.get("data")))
                                    .toList(),
                            frame.getString("next", null)));
            case "joined" -> new ServerFrame.Joined(Objects.requireNonNull(position(frame)));
            case "caughtup" -> new ServerFrame.CaughtUp(
                    re(frame),
                    Objects.requireNonNull(position(frame)),
                    frame.getBoolean("more", false),
                    frame.getBoolean("complete")
                            ? null
                            : ServerFrame.Gap.valueOf(frame.getString("reason").toUpperCase(Locale.ROOT)));
            case "event" -> frame.getString("event").equals("reconnect")
                    ? new ServerFrame.Reconnect(frame.getJsonNumber("within").longValue())
                    : new ServerFrame.Event(
                    eventType(frame.getString("event")),
                    frame.containsKey("data") ? mapper.write(frame.get("data")) : null,
                    error(frame.get("err")),
                    frame.getBoolean("close", false),
                    re(frame));
            case "ack" -> new ServerFrame.Ack(frame.getJsonNumber("id").longValue());
            case "response" -> frame.getBoolean("end", false)
                    ? new ServerFrame.EndOfStream(frame.getInt("re"))
                    : new ServerFrame.Response(frame.getInt("re"), golden.data(mapper));
            case "item" -> new ServerFrame.Item(frame.getInt("re"), golden.data(mapper));
            case "request" -> new ServerFrame.Request(frame.getInt("id"), golden.data(mapper));
            case "cancel" -> new ServerFrame.Cancel(frame.getInt("re"));
            case "authenticated" -> new ServerFrame.Authenticated(
                    frame.getJsonNumber("tokenExpired").longValue(), re(frame));
            case "ping" -> new ServerFrame.Ping();
            case "pong" -> new ServerFrame.Pong();
            default -> throw new IllegalArgumentException(golden.toString());
        };
    }

    private static ServerFrame.@Nullable Position position(JsonObject frame) {
        return frame.containsKey("group")
                ? new ServerFrame.Position(frame.getString("group"), frame.getInt("pos"), frame.getString("epoch"))
                : null;
    }

    private static Place place(JsonObject frame) {
        JsonObject place = frame.getJsonObject("place");
        Place.Kind kind = Stream.of(Place.Kind.values())
                .filter(one -> place.containsKey(one.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        return new Place(
                place.getString("path", null), kind, place.getString(kind.name().toLowerCase(Locale.ROOT)));
    }

    private static @Nullable Long re(JsonObject frame) {
        return frame.containsKey("re") ? frame.getJsonNumber("re").longValue() : null;
    }

    private static EventType eventType(String name) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.wireName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable ErrorBody error(@Nullable JsonValue err) {
        return err instanceof JsonObject object
                ? new ErrorBody(object.getInt("code"), object.getString("msg"), object.getString("requestId", null))
                : null;
    }
}
