package dev.cloudobjects.noise;

import static dev.cloudobjects.noise.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AesGcmTest {

    private static final String KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String TEXT = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String CIPHERTEXT = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";

    private final AesGcm cipher = new AesGcm();

    private static SecretKey key(byte[] bytes) {
        return new WipeableKey("AES", bytes);
    }

    private byte[] encrypt(byte[] key, byte[] nonce, byte[] ad, byte[] plaintext) {
        byte[] output = new byte[plaintext.length + AesGcm.TAG];
        cipher.encrypt(key(key), nonce, ad, plaintext, output, 0);
        return output;
    }

    static Stream<Vectors.Case> wycheproof() {
        return Vectors.cases("wycheproof-aes-256-gcm.json");
    }

    @ParameterizedTest
    @MethodSource
    void wycheproof(Vectors.Case vector) throws NoiseException {
        byte[] nonce = vector.bytes("iv");
        byte[] ad = vector.bytes("aad");
        byte[] sealed = hex(vector.json().getString("ct") + vector.json().getString("tag"));
        if (vector.valid()) {
            assertArrayEquals(sealed, encrypt(vector.bytes("key"), nonce, ad, vector.bytes("msg")));
            assertArrayEquals(vector.bytes("msg"), cipher.decrypt(key(vector.bytes("key")), nonce, ad, sealed, 0));
        } else {
            assertThrows(
                    NoiseException.class, () -> cipher.decrypt(key(vector.bytes("key")), nonce, ad, sealed, 0));
        }
    }

    @Test
    void shouldHaveMetAllVectors() {
        assertEquals(39, wycheproof().filter(Vectors.Case::valid).count());
        assertEquals(27, wycheproof().filter(vector -> !vector.valid()).count());
    }

    /** Test cases 13 to 16 of the submission of GCM to NIST. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            emptyValue = "",
            value = {
                "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '', '',"
                        + "530f8afbc74536b9a963b4f1c4cb738b",
                "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '',"
                        + "00000000000000000000000000000000,"
                        + "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
                KEY + ", cafebabefacedbaddecaf888, ''," + TEXT + "1aafd255,"
                        + CIPHERTEXT + "898015adb094dac5d93471bdec1a502270e3cc6c",
                KEY + ", cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2," + TEXT + ","
                        + CIPHERTEXT + "76fc6ece0f4e1768cddf8853bb2d551b"
            })
    void nist(String key, String nonce, String ad, String plaintext, String sealed) throws NoiseException {
        assertArrayEquals(hex(sealed), encrypt(hex(key), hex(nonce), hex(ad), hex(plaintext)));
        assertArrayEquals(hex(plaintext), cipher.decrypt(key(hex(key)), hex(nonce), hex(ad), hex(sealed), 0));
    }

    /** Section 12.4 of Noise. */
    @Test
    void shouldPutTheCounterBehindZerosMostSignificantByteFirst() {
        assertArrayEquals(hex("000000000102030405060708"), AesGcm.nonce(0x0102030405060708L));
    }

    @Test
    void shouldRefuseWhatIsShorterThanATag() {
        assertThrows(
                NoiseException.class,
                () -> cipher.decrypt(key(new byte[32]), AesGcm.nonce(0), new byte[0], new byte[16], 1));
    }
}
