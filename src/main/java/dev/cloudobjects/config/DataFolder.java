package dev.cloudobjects.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder of the embedded database and of the keys. The two belong together: if only one of them is missing, creating a
 * new one would hide a loss of data, so the start is refused.
 *
 * <p>The first start creates the marker file {@value #FIRST_START} and deletes it after the start has succeeded. While the
 * marker exists, missing parts are created. So an interrupted first start can be repeated, and operators can create the
 * marker to start with new parts on purpose.
 */
public final class DataFolder {

    /** The name of the marker file that allows missing parts to be created. */
    public static final String FIRST_START = "first-start";

    /** The name of the file of the embedded database. */
    public static final String DATABASE_FILE = "cloud-objects.mv.db";

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The configured folder, after a check of its content.
     *
     * @throws IllegalStateException if it has keys without a database or a database without keys; the message says the remedy
     */
    public static DataFolder of(Settings settings) {
        DataFolder data = new DataFolder(settings.get(Keys.DATA_DIR));
        if (settings.get(Keys.MONGODB_URI).isEmpty()) {
            data.check();
        }
        return data;
    }

    /** The folder of the embedded database. */
    public static Path database(Path dataDir) {
        return dataDir.resolve("database");
    }

    /** The folder of the keys. */
    public Path keys() {
        return folder.resolve("keys");
    }

    /** Deletes the marker after a successful start: from now on, a missing part means a loss. */
    public void started() {
        try {
            Files.deleteIfExists(folder.resolve(FIRST_START));
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + folder.resolve(FIRST_START) + " can't be deleted", e);
        }
    }

    private void check() {
        Path database = database(folder).resolve(DATABASE_FILE);
        Path mark = folder.resolve(FIRST_START);
        boolean hasDatabase = Files.exists(database);
        boolean hasKeys = hasKeys();
        if (Files.exists(mark)) {
            return;
        }
        if (!hasDatabase && !hasKeys) {
            create(mark);
        } else if (!hasDatabase) {
            throw new IllegalStateException("keys of an earlier start are in " + keys()
                    + ", but the database " + database + " is missing: restore both from one backup, or set "
                    + Keys.MONGODB_URI.name() + " if the database is elsewhere; to start with an empty one, create the file "
                    + mark);
        } else if (!hasKeys) {
            throw new IllegalStateException("the database " + database + " exists, but there are no keys in " + keys()
                    + ": restore both from one backup; to generate new keys, which ends all logins, create the file "
                    + mark);
        }
    }

    private boolean hasKeys() {
        if (!Files.isDirectory(keys())) {
            return false;
        }
        try (Stream<Path> files = Files.list(keys())) {
            return files.anyMatch(file -> file.toString().endsWith(".key"));
        } catch (IOException e) {
            throw new IllegalStateException("the folder " + keys() + " can't be read: " + e, e);
        }
    }

    private void create(Path mark) {
        try {
            PrivateFolder.create(folder);
            PrivateFolder.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            // Another server has just created it.
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "the folder " + folder + " can't be written: " + e.getMessage() + "; set " + Keys.DATA_DIR.name()
                            + " to a writable folder",
                    e);
        }
    }
}
