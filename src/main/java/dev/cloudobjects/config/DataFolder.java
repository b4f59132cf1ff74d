package dev.cloudobjects.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder of the embedded database and of the keys. The two belong together: where one of them has gone, a new one in
 * its place would hide the loss, so the start is refused.
 *
 * <p>A first start leaves a file, {@value #FIRST_START}, until it has succeeded. While it is there, what is missing is
 * made anew: a first start that was broken off can be repeated, and whoever means to begin anew makes that file.
 */
public final class DataFolder {

    /** The file that says that what is missing may be made. */
    public static final String FIRST_START = "first-start";

    /** The file of the embedded database. */
    public static final String DATABASE_FILE = "cloud-objects.mv.db";

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder that the settings name.
     *
     * @throws IllegalStateException saying what to do, when it has keys without a database or a database without keys
     */
    public static DataFolder of(Settings settings) {
        DataFolder data = new DataFolder(settings.get(Keys.DATA_DIR));
        if (settings.get(Keys.MONGODB_URI).isEmpty()) {
            data.check();
        }
        return data;
    }

    /** Where the embedded database is. */
    public static Path database(Path dataDir) {
        return dataDir.resolve("database");
    }

    /** Where the keys are. */
    public Path keys() {
        return folder.resolve("keys");
    }

    /** The start has succeeded: from now on, what is missing is lost. */
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
            throw new IllegalStateException("there are keys of an earlier start in " + keys()
                    + ", but there is no database at " + database + ": put both back from one backup, or set "
                    + Keys.MONGODB_URI.name() + " if the database is elsewhere; to begin with an empty one, make the file "
                    + mark);
        } else if (!hasKeys) {
            throw new IllegalStateException("there is a database at " + database + ", but there are no keys in " + keys()
                    + ": put both back from one backup; to have new keys made, so that everybody has to log in again, "
                    + "make the file " + mark);
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
            // Another server has just made it.
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "the folder " + folder + " can't be written to: " + e.getMessage() + "; set " + Keys.DATA_DIR.name()
                            + " to one that can",
                    e);
        }
    }
}
