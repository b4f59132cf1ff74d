package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChannelFramesTest {

    @Test
    void shouldPartAHandshakeIntoTheKeysIdAndWhatIsSaid() {
        byte[] handshake = HexFormat.of().parseHex("02" + "0102030405060708" + "aabbcc");
        assertTrue(ChannelFrames.isHandshake(handshake));
        assertFalse(ChannelFrames.isSealed(handshake));
        assertArrayEquals(HexFormat.of().parseHex("0102030405060708"), ChannelFrames.keyId(handshake));
        assertArrayEquals(HexFormat.of().parseHex("aabbcc"), ChannelFrames.said(handshake));
        assertArrayEquals(HexFormat.of().parseHex("02aabbcc"), ChannelFrames.answer(ChannelFrames.said(handshake)).toBytes());
    }

    @Test
    void shouldTakeNothingElseForOne() {
        assertFalse(ChannelFrames.isHandshake(new byte[0]));
        assertFalse(ChannelFrames.isHandshake(HexFormat.of().parseHex("02" + "0102030405060708")));
        assertFalse(ChannelFrames.isHandshake(HexFormat.of().parseHex("03" + "0102030405060708" + "aa")));
        assertFalse(ChannelFrames.isSealed(new byte[] {3}));
        assertFalse(ChannelFrames.isSealed(new byte[0]));
        assertTrue(ChannelFrames.isSealed(ChannelFrames.sealed(new byte[2]).toBytes()));
    }

    @Test
    void shouldPutTheLengthOfEachFieldInFrontOfIt() {
        String suite = HexFormat.of().formatHex("cloudobjects.v1 Noise_NK_25519_AESGCM_SHA256".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                "0000002c" + suite + "00000003" + "612f62" + "00000001" + "63" + "00000002" + "c3a9" + "00000000",
                HexFormat.of().formatHex(ChannelFrames.prologue("a/b", "c", "é", "")));
    }

    @Test
    void shouldGiveEveryConnectionAnotherPrologue() {
        Set<String> known = new TreeSet<>();
        String[][] all = {
            {"a", "b", "c", "d"}, {"ab", "", "c", "d"}, {"a", "bc", "", "d"}, {"a", "b", "cd", ""}, {"", "ab", "c", "d"},
            {"a", "b", "d", "c"}, {"a", "b", "c", "e"}
        };
        for (String[] one : all) {
            byte[] prologue = ChannelFrames.prologue(one[0], one[1], one[2], one[3]);
            assertTrue(known.add(HexFormat.of().formatHex(prologue)), String.join("/", one));
        }
    }
}
