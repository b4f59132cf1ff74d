package dev.cloudobjects.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** The reasons why the embedded database can't be opened, each with its remedy. */
enum OpenFailure {
    LOCKED(
            "another process has opened it",
            "stop that process, or set another cloudobjects.data.dir for this server"),
    EMPTY(
            "its file is empty",
            "restore a backup; to start with an empty database, move the file away and create the file first-start beside "
                    + "the folder"),
    CORRUPT(
            "its file is damaged",
            "restore a backup, and keep the damaged file: part of it may be readable"),
    OTHER_VERSION(
            "its file was written by another version of the database",
            "start the version that wrote it, or restore a backup"),
    READ_ONLY(
            "its file can't be read or written",
            "give the user that runs the server write access to the folder and its files, or set cloudobjects.data.dir "
                    + "to another folder"),
    NO_ROOM("the disk is full", "free space on its file system, or raise the quota"),
    OTHER("opening it fails", "see the cause");

    private final String reason;
    private final String remedy;

    OpenFailure(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    String reason() {
        return reason;
    }

    String remedy() {
        return remedy;
    }

    /** This reason as an exception. */
    OpenException exception() {
        return new OpenException(this);
    }

    /** The reason for an exception that was thrown while opening the database. */
    static OpenFailure of(Throwable failure) {
        OpenFailure found = OTHER;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OpenException open) {
                return open.failure;
            }
            if (cause instanceof MVStoreException store && found == OTHER) {
                found = of(store);
            }
            // An error of the operating system is more precise than the store's.
            if (cause instanceof IOException system) {
                OpenFailure told = of(system);
                found = told == OTHER ? found : told;
            }
        }
        return found;
    }

    private static OpenFailure of(MVStoreException failure) {
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

    private static OpenFailure of(IOException failure) {
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

    /** Thrown for a reason that is detected before the store is opened. */
    static final class OpenException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final OpenFailure failure;

        private OpenException(OpenFailure failure) {
            super(failure.reason);
            this.failure = failure;
        }
    }
}
