package dev.cloudobjects.noise;

import static dev.cloudobjects.noise.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.cloudobjects.protocol.ChannelFrames;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole encrypted connection with fixed keys, as {@code protocol/encrypted.json} has it for every implementation. */
class GoldenChannelTest {

    private static final byte[] NOTHING = {};

    private final JsonObject golden =
            Vectors.read("/protocol/encrypted.json").asJsonObject();
    private final byte[] prologue = hex(golden.getString("prologue"));
    private final List<JsonObject> messages = golden.getJsonArray("messages").getValuesAs(JsonObject.class);
    private final long rekeyAfter = golden.getInt("rekeyAfter");

    private KeyPair pair(String name) {
        JsonObject key = golden.getJsonObject("keys").getJsonObject(name);
        KeyPair pair = KeyPair.of(hex(key.getString("secret")));
        assertArrayEquals(hex(key.getString("public")), pair.publicKey());
        return pair;
    }

    private byte[] message(int number) {
        return hex(messages.get(number).getString("message"));
    }

    @Test
    void shouldHaveThePrologueOfItsTerms() {
        JsonObject terms = golden.getJsonObject("terms");
        assertArrayEquals(
                prologue,
                ChannelFrames.prologue(
                        terms.getString("url"),
                        terms.getString("channel"),
                        terms.getString("appid"),
                        terms.getString("ticket")));
    }

    @Test
    void shouldBeTheServersHalf() throws NoiseException {
        KeyPair server = pair("server");
        byte[] id = hex(golden.getJsonObject("keys").getJsonObject("server").getString("id"));
        assertArrayEquals(id, ChannelFrames.keyId(message(0)));
        NkResponder.Answer answer = NkResponder.read(server, prologue, ChannelFrames.said(message(0)))
                .answer(NOTHING, pair("serverEphemeral"), rekeyAfter);
        assertArrayEquals(message(1), ChannelFrames.answer(answer.message()).toBytes());
        check("server", answer.channel());
    }

    @Test
    void shouldBeTheClientsHalf() throws NoiseException {
        NkInitiator initiator =
                NkInitiator.start(pair("server").publicKey(), prologue, NOTHING, pair("clientEphemeral"));
        assertArrayEquals(ChannelFrames.said(message(0)), initiator.message());
        byte[] answer = message(1);
        byte[] says = Arrays.copyOfRange(answer, 1, answer.length);
        check("client", initiator.finish(says, rekeyAfter).channel());
    }

    /** What this end sends is sealed as it is there, and what the other end sends is opened. */
    private void check(String end, NoiseChannel channel) throws NoiseException {
        for (int i = 2; i < messages.size(); i++) {
            byte[] frame = hex(messages.get(i).getString("frame"));
            if (messages.get(i).getString("from").equals(end)) {
                byte[] sealed = channel.seal(frame, ChannelFrames.HEADROOM);
                assertArrayEquals(message(i), ChannelFrames.sealed(sealed).toBytes(), "message " + i);
            } else {
                assertArrayEquals(frame, channel.open(message(i), ChannelFrames.HEADROOM), "message " + i);
            }
        }
    }
}
