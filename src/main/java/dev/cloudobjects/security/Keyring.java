package dev.cloudobjects.security;

import dev.cloudobjects.config.PrivateFolder;
import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's secret keys, each in a file {@code <folder>/<purpose>.key}: at least 256 random bits, as Base64 in one line. A
 * missing key is generated; a weak key is refused. Nodes that share the folder use the same keys. Safe for use by many
 * threads.
 */
public final class Keyring {

    private static final int BYTES = 32;
    private static final int FEWEST_DISTINCT_BYTES = 16;
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Path folder;
    private final SecureRandom random;
    private final Links links;
    private final Set<Path> warned = new HashSet<>();

    /** The keys in a folder. The first request for a key creates the folder with mode 0700. */
    public Keyring(Path folder, SecureRandom random) {
        this(folder, random, Files::createLink);
    }

    /** The keys in a folder, with the file system's way to create hard links. */
    Keyring(Path folder, SecureRandom random, Links links) {
        this.folder = folder;
        this.random = random;
        this.links = links;
    }

    /** Creates hard links like {@link Files#createLink}. */
    @FunctionalInterface
    interface Links {
        Path create(Path link, Path existing) throws IOException;
    }

    /**
     * The key for a purpose, for example {@code "token"}. Generates a missing key.
     *
     * @throws IllegalStateException naming the file, if it can't be read or created, or if the key is too short or a
     *     placeholder
     */
    public synchronized SecretKey secret(String purpose) {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("purpose '" + purpose + "' is no name for a key");
        }
        Path file = folder.resolve(purpose + ".key");
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            warn(folder, "700");
            warn(file, "600");
            return new SecretKeySpec(checked(file, Files.readString(file, StandardCharsets.US_ASCII)), "HmacSHA256");
        } catch (IOException e) {
            throw new IllegalStateException("the key " + file + " can't be read or created: " + e.getMessage(), e);
        }
    }

    /** The key for a purpose; empty if its file is missing. @throws IllegalStateException like {@link #secret} */
    public Optional<SecretKey> find(String purpose) {
        return Files.exists(folder.resolve(purpose + ".key")) ? Optional.of(secret(purpose)) : Optional.empty();
    }

    private void warn(Path path, String mode) throws IOException {
        if (PrivateFolder.isOpenToOthers(path) && warned.add(path)) {
            Log.KEY_READABLE.log(path, mode);
        }
    }

    private void generate(Path file) throws IOException {
        PrivateFolder.create(folder);
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        Path draft = PrivateFolder.createFile(folder.resolve(file.getFileName() + "." + suffix() + ".tmp"));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                String line = Base64.getEncoder().encodeToString(key) + "\n";
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    // If two nodes start at once, both must use the first key. Creating a link fails atomically if the file exists. A move
    // checks first and then moves, which is not atomic; it is used only on file systems without hard links.
    private void publish(Path draft, Path file) throws IOException {
        try {
            linkOrMove(draft, file);
            Log.KEY_GENERATED.log(file);
        } catch (FileAlreadyExistsException e) {
            // The other node has created the key.
        }
    }

    private void linkOrMove(Path draft, Path file) throws IOException {
        try {
            links.create(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(draft, file);
        }
    }

    private String suffix() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] checked(Path file, String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw refused(file, "is not Base64");
        }
        if (key.length < BYTES) {
            throw refused(file, "is shorter than 256 bits");
        }
        if (distinct(key) < FEWEST_DISTINCT_BYTES || isText(key) || saysSo(text)) {
            throw refused(file, "is a placeholder");
        }
        return key;
    }

    private static IllegalStateException refused(Path file, String reason) {
        return new IllegalStateException("the key in " + file + " " + reason
                + ": put 32 random bytes there as Base64 (openssl rand -base64 32), or delete it to have one generated");
    }

    private static long distinct(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1).chars().distinct().count();
    }

    /** Whether the bytes are printable text. Of random keys with 32 bytes, one in 10¹³ is. */
    private static boolean isText(byte[] key) {
        for (byte one : key) {
            if (one < ' ' || one > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean saysSo(String base64) {
        String lower = base64.toLowerCase(Locale.ROOT);
        return lower.contains("changeme") || lower.contains("placeholder") || lower.contains("replaceme");
    }
}
