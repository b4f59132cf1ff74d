package dev.cloudobjects.noise;

import static dev.cloudobjects.noise.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HkdfTest {

    static Stream<Vectors.Case> wycheproof() {
        return Vectors.cases("wycheproof-hkdf-sha256.json");
    }

    @ParameterizedTest
    @MethodSource
    void wycheproof(Vectors.Case vector) {
        byte[] key = Hkdf.extract(vector.bytes("salt"), vector.bytes("ikm"));
        int size = vector.json().getInt("size");
        if (vector.valid()) {
            assertArrayEquals(vector.bytes("okm"), Hkdf.expand(key, vector.bytes("info"), size));
        } else {
            assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(key, vector.bytes("info"), size));
        }
    }

    @Test
    void shouldHaveMetAllVectors() {
        assertEquals(86, wycheproof().count());
    }

    /** Appendix A.1. */
    @Test
    void rfc5869Basic() {
        byte[] key = Hkdf.extract(hex("000102030405060708090a0b0c"), hex("0b".repeat(22)));
        assertArrayEquals(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"), key);
        assertArrayEquals(
                hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
                Hkdf.expand(key, hex("f0f1f2f3f4f5f6f7f8f9"), 42));
    }

    /** Appendix A.2. */
    @Test
    void rfc5869Long() {
        byte[] key = Hkdf.extract(run(0x60, 0xaf), run(0x00, 0x4f));
        assertArrayEquals(hex("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"), key);
        assertArrayEquals(
                hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
                Hkdf.expand(key, run(0xb0, 0xff), 82));
    }

    /** Appendix A.3: as Noise uses it, without info. */
    @Test
    void rfc5869WithoutSaltAndInfo() {
        byte[] key = Hkdf.extract(new byte[0], hex("0b".repeat(22)));
        assertArrayEquals(hex("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"), key);
        assertArrayEquals(
                hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
                Hkdf.expand(key, new byte[0], 42));
    }

    private static byte[] run(int first, int last) {
        byte[] bytes = new byte[last - first + 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
