package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.DataFolder;
import dev.cloudobjects.log.LogLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.Document;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A database that can't be opened is neither replaced by a new one nor left without a word of what to do. */
class OpenFailureTest {

    private static final int BLOCK = 4096;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void start() {
        FaultyFiles.start();
        file = folder.resolve("database").resolve(DataFolder.DATABASE_FILE);
    }

    /** What has become of the file, and how that is told. */
    static Stream<Arguments> damages() throws Exception {
        return Stream.of(
                Arguments.of("of length zero", OpenFailure.EMPTY, (Damage) all -> new byte[0]),
                Arguments.of("its header alone", OpenFailure.EMPTY, (Damage) all -> Arrays.copyOf(all, 2 * BLOCK)),
                Arguments.of("zeros behind the header", OpenFailure.EMPTY, (Damage) all -> {
                    Arrays.fill(all, 2 * BLOCK, all.length, (byte) 0);
                    return all;
                }),
                Arguments.of("cut in the header", OpenFailure.CORRUPT, (Damage) all -> Arrays.copyOf(all, 100)),
                Arguments.of("zeros", OpenFailure.CORRUPT, (Damage) all -> new byte[all.length]),
                Arguments.of("something else", OpenFailure.CORRUPT, (Damage) all -> {
                    new Random(1).nextBytes(all);
                    return all;
                }),
                Arguments.of("a later version's", OpenFailure.OTHER_VERSION, (Damage) OpenFailureTest::ofLaterFormat));
    }

    private interface Damage {
        byte[] done(byte[] all);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void shouldRefuseAFileThatIsNoDatabaseAndLeaveItAsItIs(String name, OpenFailure failure, Damage damage)
            throws Exception {
        writeANote();
        byte[] damaged = damage.done(Files.readAllBytes(file));
        Files.write(file, damaged);

        assertRefused(failure, "");

        assertTrue(Arrays.equals(damaged, Files.readAllBytes(file)), "the file was changed");
    }

    @Test
    void shouldRefuseAFileThatIsOpenAlready() throws Exception {
        try (EmbeddedServer first = EmbeddedServer.open(file.getParent(), "")) {
            assertRefused(OpenFailure.LOCKED, "");
        }
        EmbeddedServer.open(file.getParent(), "").close();
    }

    @Test
    void shouldRefuseAFileThatCannotBeWritten() throws Exception {
        writeANote();
        FaultyFiles.readOnly();
        assertRefused(OpenFailure.READ_ONLY, FaultyFiles.LAYER);
        FaultyFiles.start();
        EmbeddedServer.open(file.getParent(), FaultyFiles.LAYER).close();
    }

    @Test
    void shouldRefuseToBeginWithoutRoomAndBeginOnceThereIs() throws Exception {
        FaultyFiles.room(100);
        assertRefused(OpenFailure.NO_ROOM, FaultyFiles.LAYER);
        FaultyFiles.start();
        EmbeddedServer.open(file.getParent(), FaultyFiles.LAYER).close();
    }

    @Test
    void shouldRefuseWhatIsNoFile() throws Exception {
        Files.createDirectories(file.resolve("inside"));
        assertRefused(null, "");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatToDo(OpenFailure failure) {
        assertTrue(failure.reason().length() > 5 && failure.remedy().length() > 10);
        assertSame(failure, OpenFailure.of(new IllegalStateException(failure.exception())));
    }

    /** A LinkageError, for example, of a library that is not there. */
    @Test
    void shouldLeaveNothingOpenAfterAnError() {
        Schema broken = new Schema() {
            @Override
            public List<Class<?>> entities() {
                throw new NoClassDefFoundError("on purpose");
            }

            @Override
            public List<Index> indexes() {
                return List.of();
            }
        };
        assertThrows(NoClassDefFoundError.class, () -> TestDatabases.embedded(folder, broken));
        TestDatabases.embedded(folder).close();
    }

    private void assertRefused(OpenFailure failure, String layer) {
        try (LogLines log = new LogLines()) {
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> EmbeddedServer.open(file.getParent(), layer).close());
            OpenFailure expected = failure == null ? OpenFailure.of(refused) : failure;
            assertTrue(refused.getMessage().contains(file.getParent().toString()), refused.getMessage());
            assertTrue(refused.getMessage().contains(expected.reason()), refused.getMessage());
            assertTrue(refused.getMessage().contains(expected.remedy()), refused.getMessage());
            assertEquals(1, log.lines().size(), log.lines().toString());
            String line = log.lines().get(0);
            assertTrue(line.startsWith("COBJ4006E: ") && line.contains(expected.remedy()), line);
        }
    }

    private void writeANote() {
        try (NosqlDatabase database = TestDatabases.embedded(folder, Note.SCHEMA)) {
            database.documents("notes").write(List.of(new Document("_id", "kept")), List.of(), List.of());
        }
    }

    /** Both copies of the header, with a later format and a checksum that is right. */
    private static byte[] ofLaterFormat(byte[] all) {
        for (int start = 0; start < 2 * BLOCK; start += BLOCK) {
            String header = new String(all, start, BLOCK, StandardCharsets.ISO_8859_1);
            int checksum = header.indexOf(",fletcher:");
            byte[] changed =
                    header.substring(0, checksum).replaceFirst("format:.", "format:9").getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = (new String(changed, StandardCharsets.ISO_8859_1)
                            + ",fletcher:%08x\n".formatted(DataUtils.getFletcher32(changed, 0, changed.length)))
                    .getBytes(StandardCharsets.ISO_8859_1);
            Arrays.fill(all, start, start + BLOCK, (byte) 0);
            System.arraycopy(whole, 0, all, start, whole.length);
        }
        return all;
    }
}
