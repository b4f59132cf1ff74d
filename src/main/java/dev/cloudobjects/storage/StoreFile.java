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
 * The file of the embedded database. A new one is made under another name and moved into place, so that a file which holds
 * nothing is never one that was about to be made: it is one that was lost.
 */
final class StoreFile {

    /** Says that a store was made as one of ours: one without it and without a table has lost what it held. */
    private static final int MADE = 1;

    private static final int RETENTION_MILLIS = 10_000;
    private static final int ROOM = 1 << 20;

    private final Path file;
    private final String layer;

    /**
     * The file in a folder, which is created if it is missing.
     *
     * @param layer the scheme of the file system of H2 that is used, {@code "nio:"} for example; empty for its own choice
     */
    StoreFile(Path folder, String layer) {
        this.file = PrivateFolder.create(folder).resolve(DataFolder.DATABASE_FILE);
        this.layer = layer;
    }

    /** Makes the file, unless there is one. */
    void createIfMissing() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path draft =
                PrivateFolder.createFile(file.resolveSibling("new-" + ProcessHandle.current().pid() + ".mv.db"));
        try {
            MVStore made = builder(draft).open();
            try {
                made.setStoreVersion(MADE);
                made.commit();
            } finally {
                made.closeImmediately();
            }
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; opening it tells so.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Opens the store in the file.
     *
     * @throws Obstacle.Met when it holds nothing, or can't be written
     */
    MVStore open() {
        try {
            if (Files.size(file) == 0) {
                throw Obstacle.EMPTY.met();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The store itself would be content to read.
        if (!FilePath.get(layer + file).canWrite()) {
            throw Obstacle.READ_ONLY.met();
        }
        MVStore store = builder(file).open();
        try {
            if (store.getStoreVersion() < MADE && store.getMapNames().isEmpty()) {
                throw Obstacle.EMPTY.met();
            }
            // Each commit is forced to the disk within a second, so that space that was freed before can be used again.
            store.setRetentionTime(RETENTION_MILLIS);
            return store;
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Whether there is room for what one commit usually writes; found out by writing as much beside the file. */
    boolean hasRoom() {
        FilePath trial = FilePath.get(layer + file.resolveSibling("room-" + ProcessHandle.current().pid()));
        try {
            try (FileChannel channel = trial.open("rw")) {
                ByteBuffer zeros = ByteBuffer.allocate(ROOM);
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

    // The store's own commits could fall between the maps that one command changes: see CommittingBackend.
    private MVStore.Builder builder(Path path) {
        return new MVStore.Builder()
                .fileName(layer + path)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .compress();
    }
}
