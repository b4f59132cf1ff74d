package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.Keys;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    @TempDir
    Path folder;

    @Test
    void shouldKeepEveryAnsweredWriteWhenItsProcessIsKilled() throws Exception {
        int acknowledged = 0;
        Process writer = process(WriterMain.class);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            while (acknowledged < 200) {
                String line = lines.readLine();
                assertNotNull(line, "the writer ended by itself");
                if (line.startsWith("written ")) {
                    acknowledged = Integer.parseInt(line.substring("written ".length()));
                }
            }
            // Through the handle, which leaves the stream open to read what was said last.
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = Integer.parseInt(line.substring("written ".length()));
            }
        }

        try (NosqlDatabase reopened = TestDatabases.embedded(folder, Note.SCHEMA)) {
            Documents notes = reopened.documents("notes");
            for (int number = 1; number <= acknowledged; number++) {
                assertTrue(notes.first(new Document("_id", "n" + number)).isPresent(), "lost n" + number);
                assertTrue(notes.first(new Document("title", "t" + number)).isPresent(), "lost t" + number);
            }
        }
    }

    @Test
    void shouldNameFolderAndReasonWhenAnotherProcessHasItOpen() throws Exception {
        Process writer = process(WriterMain.class);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            assertNotNull(line, "the writer ended by itself");
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> TestDatabases.embedded(folder));
            assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
            assertTrue(refused.getMessage().contains("another process has opened it"), refused.getMessage());
        } finally {
            writer.destroyForcibly().waitFor();
        }
        TestDatabases.embedded(folder).close();
    }

    @Test
    void shouldNameTheFolderThatCannotBeCreated() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> TestDatabases.embedded(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void shouldCreateFilesForTheirOwnerOnly() throws Exception {
        Path data = folder.resolve("new");
        TestDatabases.embedded(data).close();
        assertEquals("rwx------", mode(data));
        assertEquals("rwx------", mode(data.resolve("database")));
        assertEquals("rw-------", mode(data.resolve("database/cloud-objects.mv.db")));
    }

    @Test
    void shouldOpenAgainAfterItWasClosedTwice() {
        NosqlDatabase database = TestDatabases.embedded(folder, Note.SCHEMA);
        assertTrue(database.ping());
        database.documents("notes").write(List.of(new Document("_id", "kept")), List.of(), List.of());
        database.close();
        database.close();
        assertFalse(database.ping());
        try (NosqlDatabase again = TestDatabases.embedded(folder, Note.SCHEMA)) {
            assertEquals(1, again.documents("notes").page(new Document(), "_id", 0, 9).size());
        }
    }

    @Test
    void shouldLeaveNothingLockedWhenALaterStepOfOpeningFails() {
        Schema broken = new Schema() {
            @Override
            public List<Class<?>> entities() {
                throw new IllegalArgumentException("broken on purpose");
            }

            @Override
            public List<Index> indexes() {
                return List.of();
            }
        };
        assertThrows(IllegalArgumentException.class, () -> TestDatabases.embedded(folder, broken));
        TestDatabases.embedded(folder).close();
    }

    @Test
    void shouldFailFastWhileAnOutsideDatabaseIsAway() {
        Map<String, String> away = Map.of(Keys.MONGODB_URI.name(), "mongodb://ann:secret@127.0.0.1:1/?ssl=false");
        assertTimeoutPreemptively(Duration.ofSeconds(8), () -> {
            try (NosqlDatabase database = NosqlDatabase.open(TestDatabases.settings(away), List.of(Note.SCHEMA))) {
                long start = System.nanoTime();
                CloudObjectException refused =
                        assertThrows(CloudObjectException.class, () -> database.documents("notes"));
                assertEquals(503, refused.code());
                assertFalse(refused.getMessage().contains("secret"));
                assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 2_200);
            }
        });
    }

    @Test
    void shouldNotQuoteAMalformedUri() {
        Map<String, String> malformed = Map.of(Keys.MONGODB_URI.name(), "mongo://ann:secret@host");
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> NosqlDatabase.open(TestDatabases.settings(malformed), List.of()));
        assertTrue(refused.getMessage().contains(Keys.MONGODB_URI.name()));
        assertFalse(refused.toString().contains("secret"));
    }

    private Process process(Class<?> main) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
