package dev.cloudobjects.noise;

import static dev.cloudobjects.noise.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class X25519Test {

    private static final byte[] ZERO = new byte[32];

    static Stream<Vectors.Case> wycheproof() {
        return Vectors.cases("wycheproof-x25519.json");
    }

    @ParameterizedTest
    @MethodSource
    void wycheproof(Vectors.Case vector) throws NoiseException {
        KeyPair own = KeyPair.of(vector.bytes("private"));
        byte[] shared = vector.bytes("shared");
        if (Arrays.equals(shared, ZERO)) {
            assertThrows(NoiseException.class, () -> own.agree(vector.bytes("public")));
        } else {
            assertArrayEquals(shared, own.agree(vector.bytes("public")));
        }
    }

    @Test
    void shouldHaveMetEveryKindOfVector() {
        assertEquals(518, wycheproof().count());
        assertEquals(31, wycheproof().filter(vector -> vector.flags().contains("ZeroSharedSecret")).count());
    }

    /** Section 5.2. */
    @Nested
    class Rfc7748 {

        @ParameterizedTest
        @CsvSource({
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                    + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                    + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                    + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                    + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
        })
        void shouldMultiply(String scalar, String u, String product) throws NoiseException {
            assertArrayEquals(hex(product), KeyPair.of(hex(scalar)).agree(hex(u)));
        }

        @Test
        void shouldMultiplyAThousandTimes() throws NoiseException {
            byte[] k = new byte[32];
            k[0] = 9;
            byte[] u = k.clone();
            for (int i = 1; i <= 1000; i++) {
                byte[] product = KeyPair.of(k).agree(u);
                u = k;
                k = product;
                if (i == 1) {
                    assertArrayEquals(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"), k);
                }
            }
            assertArrayEquals(hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"), k);
        }

        /** Section 6.1. */
        @Test
        void shouldAgree() throws NoiseException {
            KeyPair alice = KeyPair.of(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
            KeyPair bob = KeyPair.of(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
            assertArrayEquals(
                    hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"), alice.publicKey());
            assertArrayEquals(
                    hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"), bob.publicKey());
            byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
            assertArrayEquals(shared, alice.agree(bob.publicKey()));
            assertArrayEquals(shared, bob.agree(alice.publicKey()));
        }
    }

    /** The points of small order, and those that become one when the highest bit is dropped or p is taken off. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void shouldRefuseKeysOfLowOrder(String key) {
        KeyPair own = KeyPair.generate(new SecureRandom());
        assertThrows(NoiseException.class, () -> own.agree(hex(key)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void shouldRefuseKeysOfAnotherLength(int length) {
        KeyPair own = KeyPair.generate(new SecureRandom());
        byte[] other = new byte[length];
        Arrays.fill(other, (byte) 9);
        assertThrows(NoiseException.class, () -> own.agree(other));
        assertThrows(IllegalArgumentException.class, () -> KeyPair.of(other));
    }

    @Test
    void shouldGenerateKeysThatAgree() throws NoiseException {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 300; i++) {
            KeyPair one = KeyPair.generate(random);
            KeyPair other = KeyPair.generate(random);
            assertArrayEquals(one.agree(other.publicKey()), other.agree(one.publicKey()));
        }
    }
}
