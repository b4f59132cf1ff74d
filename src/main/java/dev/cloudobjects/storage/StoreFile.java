package dev.cloudobjects.storage;

import dev.cloudobjects.config.DataFolder;
import dev.cloudobjects.config.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FilePath;

/**
 * The file of the embedded database. A new file is created under another name and then renamed. So an empty file under the
 * final name is never a file in creation; its content was lost.
 */
final class StoreFile {

    /** The version number of each store that was created here. A store without it and without tables has lost its content. */
    private static final int CREATED = 1;

    private static final int RETENTION_MILLIS = 10_000;
    private static final int TEST_BYTES = 1 << 20;

    private final Path file;
    private final String layer;

    /**
     * The file in a folder. Creates the folder if it is missing.
     *
     * @param layer the scheme of H2's file system, such as {@code "nio:"}; empty for the default
     */
    StoreFile(Path folder, String layer) {
        this.file = PrivateFolder.create(folder).resolve(DataFolder.DATABASE_FILE);
        this.layer = layer;
    }

    /** Creates the file unless it exists. */
    void createIfMissing() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path draft =
                PrivateFolder.createFile(file.resolveSibling("new-" + ProcessHandle.current().pid() + ".mv.db"));
        try {
            MVStore made = builder(draft).open();
            try {
                made.setStoreVersion(CREATED);
                made.commit();
            } finally {
                made.closeImmediately();
            }
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process has created it; opening it reports that.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Opens the store.
     *
     * @throws OpenFailure.OpenException if the file is empty or can't be written
     */
    MVStore open() {
        try {
            if (Files.size(file) == 0) {
                throw OpenFailure.EMPTY.exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Checked here, because the store would open such a file for reading.
        if (!FilePath.get(layer + file).canWrite()) {
            throw OpenFailure.READ_ONLY.exception();
        }
        MVStore store = builder(file).open();
        try {
            if (store.getStoreVersion() < CREATED && store.getMapNames().isEmpty()) {
                throw OpenFailure.EMPTY.exception();
            }
            // Each commit is forced to disk within a second, so space that was freed before this time can be reused.
            store.setRetentionTime(RETENTION_MILLIS);
            return store;
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Whether the disk has room for a usual commit; tested by writing {@value #TEST_BYTES} bytes to another file. */
    boolean hasRoom() {
        FilePath trial = FilePath.get(layer + file.resolveSibling("room-" + ProcessHandle.current().pid()));
        try {
            try (FileChannel channel = trial.open("rw")) {
                ByteBuffer zeros = ByteBuffer.allocate(TEST_BYTES);
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
                channel.force(true);
                return true;
            } finally {
                trial.delete();
            }
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    // Automatic commits could fall between the changes of one command, see CommittingBackend.
    private MVStore.Builder builder(Path path) {
        return new MVStore.Builder()
                .fileName(layer + path)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .compress();
    }
}
