package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.log.LogLines;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {

    @TempDir
    Path folder;

    private Path keys;

    @BeforeEach
    void choose() {
        keys = folder.resolve("keys");
    }

    @Test
    void shouldGenerateAKeyForItsOwnerOnly() throws Exception {
        byte[] key = keyring().secret("token").getEncoded();
        assertEquals(32, key.length);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("token.key"))));
        try (Stream<Path> files = Files.list(keys)) {
            assertEquals(List.of(keys.resolve("token.key")), files.toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"rwx------, r--------, ''", "rwxr-xr-x, rw-------, ''", "rwx------, rw-r-----, 600", "rwx------, rw----r--, 600", "rwxrwx---, rw-------, 700"})
    void shouldWarnOfWhatOthersCanRead(String folderMode, String fileMode, String command) throws Exception {
        keyring().secret("token");
        Path key = keys.resolve("token.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(fileMode));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(folderMode));
        try (LogLines log = new LogLines()) {
            Keyring keyring = keyring();
            keyring.secret("token");
            keyring.secret("token");
            List<String> warnings = log.lines().stream().filter(line -> line.startsWith("COBJ5005W")).toList();
            assertEquals(command.isEmpty() ? 0 : 1, warnings.size(), warnings::toString);
            for (String warning : warnings) {
                Path open = command.equals("600") ? key : keys;
                assertTrue(warning.endsWith("chmod " + command + " " + open), warning);
            }
        }
    }

    @Test
    void shouldReadTheSameKeyAgainAndAnotherForAnotherPurpose() {
        byte[] key = keyring().secret("token").getEncoded();
        assertArrayEquals(key, keyring().secret("token").getEncoded());
        assertFalse(Arrays.equals(key, keyring().secret("ticket").getEncoded()));
    }

    @Test
    void shouldGenerateAKeyWhereThereAreNoHardLinks() throws Exception {
        byte[] key = withoutLinks(() -> {}).secret("token").getEncoded();
        assertArrayEquals(key, keyring().secret("token").getEncoded());
        try (Stream<Path> files = Files.list(keys)) {
            assertEquals(List.of(keys.resolve("token.key")), files.toList());
        }
    }

    @Test
    void shouldTakeTheOtherNodesKeyWhereThereAreNoHardLinks() {
        byte[] key = withoutLinks(() -> keyring().secret("token")).secret("token").getEncoded();
        assertArrayEquals(key, keyring().secret("token").getEncoded());
    }

    /** As Linux says it of a file system of a memory card; something may happen just before. */
    private Keyring withoutLinks(Runnable before) {
        return new Keyring(keys, new SecureRandom(), (link, existing) -> {
            before.run();
            throw new FileSystemException(link.toString(), existing.toString(), "Operation not permitted");
        });
    }

    @Test
    void shouldGiveOneKeyToAllWhoStartAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        Callable<String> start =
                () -> Base64.getEncoder().encodeToString(keyring().secret("token").getEncoded());
        Set<String> seen = pool.invokeAll(Collections.nCopies(8, start)).stream()
                .map(KeyringTest::result)
                .collect(Collectors.toSet());
        pool.shutdown();
        assertEquals(1, seen.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not base64!",
                "c2hvcnQ=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1lY2hhbmdlbWU=",
                "changemechangemechangemechangemechangemechAB",
                "q83vAavN7wGrze8Bq83vAavN7wGrze8Bq83vAavN7wE="
            })
    void shouldRefuseAKeyThatCouldBeGuessed(String text) throws Exception {
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("token.key"), text);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> keyring().secret("token"));
        assertTrue(refused.getMessage().contains(keys.resolve("token.key").toString()), refused.getMessage());
        assertTrue(text.isEmpty() || !refused.getMessage().contains(text), "the message tells the key");
    }

    /** Bytes from one to another, over and over. */
    private static byte[] cycle(int from, int to) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from + i % (to - from + 1));
        }
        return bytes;
    }

    private void put(byte[] key) throws Exception {
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("token.key"), Base64.getEncoder().encodeToString(key));
    }

    @Test
    void shouldRefuseATextForAKey() throws Exception {
        put(cycle(' ', '~'));
        assertThrows(IllegalStateException.class, () -> keyring().secret("token"));
        put(cycle('_', '~'));
        assertThrows(IllegalStateException.class, () -> keyring().secret("token"));
        byte[] almost = cycle(' ', '~');
        for (int other : new int[] {' ' - 1, '~' + 1, -1}) {
            almost[31] = (byte) other;
            put(almost);
            assertArrayEquals(almost, keyring().secret("token").getEncoded());
        }
    }

    @Test
    void shouldRefuseAKeyOfFewDifferentBytes() throws Exception {
        put(cycle(0, 14));
        assertThrows(IllegalStateException.class, () -> keyring().secret("token"));
        put(cycle(0, 15));
        assertArrayEquals(cycle(0, 15), keyring().secret("token").getEncoded());
    }

    @Test
    void shouldAcceptALongerKeyOfOnesOwn() throws Exception {
        byte[] own = new byte[64];
        new SecureRandom().nextBytes(own);
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("token.key"), Base64.getEncoder().encodeToString(own) + "\n");
        assertArrayEquals(own, keyring().secret("token").getEncoded());
    }

    @Test
    void shouldNameTheFolderThatCannotBeCreated() throws Exception {
        Files.writeString(keys, "in the way");
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> keyring().secret("token"));
        assertTrue(refused.getMessage().contains(keys.toString()), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../token", "Token", "a/b"})
    void shouldRefusePurposesThatAreNoNames(String purpose) {
        assertThrows(IllegalArgumentException.class, () -> keyring().secret(purpose));
    }

    private Keyring keyring() {
        return new Keyring(keys, new SecureRandom());
    }

    private static String result(Future<String> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
