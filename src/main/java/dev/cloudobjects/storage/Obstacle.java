package dev.cloudobjects.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Why the embedded database can't be opened, and what to do. */
enum Obstacle {
    LOCKED(
            "another process has it open",
            "stop that one, or give each server a folder of its own by cloudobjects.data.dir"),
    EMPTY(
            "its file holds nothing",
            "put a backup back; to begin with an empty database, move the file away and make the file first-start beside "
                    + "the folder"),
    CORRUPT(
            "its file is damaged",
            "put a backup back, and keep the damaged file: part of it may be readable"),
    OTHER_VERSION(
            "its file is of another version of the database",
            "start the version that wrote it, or put a backup back"),
    READ_ONLY(
            "it can't be read and written",
            "make the folder and what is in it writable for the user that runs the server, or set cloudobjects.data.dir "
                    + "to a folder that is"),
    NO_ROOM("there is no room for it", "free some on its file system, or raise the quota"),
    OTHER("it fails", "see the cause");

    private final String reason;
    private final String remedy;

    Obstacle(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    String reason() {
        return reason;
    }

    String remedy() {
        return remedy;
    }

    /** The obstacle, as an exception. */
    Met met() {
        return new Met(this);
    }

    /** The obstacle behind what opening threw. */
    static Obstacle of(Throwable failure) {
        Obstacle found = OTHER;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Met met) {
                return met.obstacle;
            }
            if (cause instanceof MVStoreException store && found == OTHER) {
                found = of(store);
            }
            // What the system says is nearer to the truth than what the store makes of it.
            if (cause instanceof IOException system) {
                Obstacle told = of(system);
                found = told == OTHER ? found : told;
            }
        }
        return found;
    }

    private static Obstacle of(MVStoreException failure) {
        return switch (failure.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED -> LOCKED;
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> OTHER_VERSION;
            case DataUtils.ERROR_READING_FAILED,
                    DataUtils.ERROR_INTERNAL,
                    DataUtils.ERROR_FILE_CORRUPT,
                    DataUtils.ERROR_SERIALIZATION,
                    DataUtils.ERROR_CHUNK_NOT_FOUND,
                    DataUtils.ERROR_BLOCK_NOT_FOUND,
                    DataUtils.ERROR_UNKNOWN_DATA_TYPE -> CORRUPT;
            default -> OTHER;
        };
    }

    private static Obstacle of(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("no space left") || said.contains("quota exceeded")) {
            return NO_ROOM;
        }
        boolean refused = said.contains("permission denied")
                || said.contains("read-only file system")
                || said.contains("not writable")
                || failure instanceof AccessDeniedException
                || failure instanceof FileAlreadyExistsException
                || (failure instanceof FileSystemException && said.contains("not a directory"));
        return refused ? READ_ONLY : OTHER;
    }

    /** An obstacle that was met before the store could say so. */
    static final class Met extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final Obstacle obstacle;

        private Met(Obstacle obstacle) {
            super(obstacle.reason);
            this.obstacle = obstacle;
        }
    }
}
