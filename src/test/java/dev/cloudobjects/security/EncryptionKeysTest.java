package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.security.EncryptionKeys.Key;
import dev.cloudobjects.security.EncryptionKeys.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionKeysTest {

    @TempDir
    Path folder;

    private EncryptionKeys keys() {
        return EncryptionKeys.of(new Keyring(folder, new SecureRandom()));
    }

    private static List<String> roles(EncryptionKeys keys) {
        return keys.all().stream().map(key -> key.role() + " " + key.publicKey()).toList();
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    @Test
    void shouldMakeACurrentAndANextKeyForTheOwnerOfTheFolderOnly() throws IOException {
        EncryptionKeys keys = keys();
        assertEquals(List.of(Role.CURRENT, Role.NEXT), keys.all().stream().map(Key::role).toList());
        for (String file : List.of("encryption.key", "encryption-next.key")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
        }
    }

    @Test
    void shouldBeTheSameAfterARestart() {
        assertEquals(roles(keys()), roles(keys()));
    }

    @Test
    void shouldFindEachByItsIdAndNoOther() {
        EncryptionKeys keys = keys();
        for (Key key : keys.all()) {
            byte[] found = keys.find(bytes(key.id())).orElseThrow().publicKey();
            assertArrayEquals(bytes(key.publicKey()), found);
            assertEquals(32, found.length);
            assertEquals(8, bytes(key.id()).length);
        }
        assertTrue(keys.find(new byte[8]).isEmpty());
        assertTrue(keys.find(new byte[0]).isEmpty());
    }

    @Test
    void shouldRotateByRenamingAndAcceptThePreviousKeyWhileItsFileIsThere() throws IOException {
        List<Key> before = keys().all();
        Files.move(folder.resolve("encryption.key"), folder.resolve("encryption-previous.key"));
        Files.move(folder.resolve("encryption-next.key"), folder.resolve("encryption.key"));
        EncryptionKeys rotated = keys();
        assertEquals(before.get(1).publicKey(), rotated.all().get(0).publicKey());
        assertEquals(Role.PREVIOUS, rotated.all().get(2).role());
        assertEquals(before.get(0).publicKey(), rotated.all().get(2).publicKey());
        Files.delete(folder.resolve("encryption-previous.key"));
        assertEquals(2, keys().all().size());
        assertTrue(keys().find(bytes(before.get(0).id())).isEmpty());
    }

    @Test
    void shouldRefuseAPlaceholderAndAKeyOfAnotherLength() throws IOException {
        Files.writeString(folder.resolve("encryption.key"), Base64.getEncoder().encodeToString(new byte[32]));
        assertThrows(IllegalStateException.class, this::keys);
        byte[] longer = new byte[48];
        new SecureRandom().nextBytes(longer);
        Files.writeString(folder.resolve("encryption.key"), Base64.getEncoder().encodeToString(longer));
        IllegalStateException refused = assertThrows(IllegalStateException.class, this::keys);
        assertTrue(String.valueOf(refused.getMessage()).contains("encryption.key"), refused.getMessage());
    }
}
