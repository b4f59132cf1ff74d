package dev.cloudobjects.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates folders and files that only their owner can access. File systems without POSIX modes use their defaults. */
public final class PrivateFolder {

    private PrivateFolder() {}

    /**
     * Creates a folder and its missing parents with mode 0700, unless it exists.
     *
     * @return the folder
     * @throws UncheckedIOException naming the folder, if it can't be created or written
     */
    public static Path create(Path folder) {
        try {
            Files.createDirectories(folder, mode(folder, "rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " can't be created: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new UncheckedIOException(new IOException("the folder " + folder + " is not writable"));
        }
        return folder;
    }

    /**
     * Creates an empty file with mode 0600.
     *
     * @return the file
     * @throws java.nio.file.FileAlreadyExistsException if it exists
     */
    public static Path createFile(Path file) throws IOException {
        return Files.createFile(file, mode(file, "rw-------"));
    }

    /**
     * Whether users other than the owner may read or change a file, or change the content of a folder; {@code false} on file
     * systems without POSIX modes.
     */
    public static boolean isOpenToOthers(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        boolean folder = Files.isDirectory(path);
        return view.readAttributes().permissions().stream()
                .map(Enum::name)
                .anyMatch(right -> !right.startsWith("OWNER_") && (!folder || right.endsWith("_WRITE")));
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
