package dev.cloudobjects.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The binary messages of the encrypted channel, around what the cryptography makes: a handshake is the byte 0x02, the id
 * of the server's key where the client speaks, and a message of the handshake; a sealed frame is the byte 0x03 and the
 * encrypted frame.
 */
public final class ChannelFrames {

    /** The bytes of a key's id. */
    public static final int KEY_ID = 8;

    /** The bytes in front of what is sealed. */
    public static final int HEADROOM = 1;

    private static final byte HANDSHAKE = 2;
    private static final byte SEALED = 3;
    private static final String PROLOGUE = "cloudobjects.v1 Noise_NK_25519_AESGCM_SHA256";

    private ChannelFrames() {}

    /** Whether a message is one of the handshake. */
    public static boolean isHandshake(byte[] message) {
        return message.length > HEADROOM + KEY_ID && message[0] == HANDSHAKE;
    }

    /** The id of the server's key that a client's handshake is for. */
    public static byte[] keyId(byte[] handshake) {
        return Arrays.copyOfRange(handshake, HEADROOM, HEADROOM + KEY_ID);
    }

    /** What a client's handshake says. */
    public static byte[] said(byte[] handshake) {
        return Arrays.copyOfRange(handshake, HEADROOM + KEY_ID, handshake.length);
    }

    /** The server's answer to a handshake. */
    public static Encoded answer(byte[] says) {
        return new Encoded.Bytes(
                ByteBuffer.allocate(HEADROOM + says.length).put(HANDSHAKE).put(says).array());
    }

    /** Whether a message is a sealed frame. */
    public static boolean isSealed(byte[] message) {
        return message.length > HEADROOM && message[0] == SEALED;
    }

    /** The message of a sealed frame, which is in place behind the {@link #HEADROOM}. */
    public static Encoded sealed(byte[] message) {
        message[0] = SEALED;
        return new Encoded.Bytes(message);
    }

    /**
     * What both ends have to agree on for a handshake to succeed: every field with its length in front, so that no two
     * connections have the same one.
     *
     * @param path the path of the cloud object
     * @param channel the channel
     * @param appid the application, or an empty text
     * @param ticket the ticket as it stands in the address, or an empty text
     */
    public static byte[] prologue(String path, String channel, String appid, String ticket) {
        byte[][] fields = new byte[][] {utf8(PROLOGUE), utf8(path), utf8(channel), utf8(appid), utf8(ticket)};
        int length = Arrays.stream(fields).mapToInt(field -> Integer.BYTES + field.length).sum();
        ByteBuffer prologue = ByteBuffer.allocate(length);
        for (byte[] field : fields) {
            prologue.putInt(field.length).put(field);
        }
        return prologue.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
