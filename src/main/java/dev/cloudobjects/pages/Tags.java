package dev.cloudobjects.pages;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches the tags of the files in the archive. Each file is read once; a file in a folder, as during development, is read
 * again after a change. Safe for use by many threads.
 */
final class Tags {

    /** @param file the path of a file that can change; null in an archive */
    private record Known(EntityTag tag, @Nullable Path file, @Nullable Object stamp) {}

    private record Stamp(Object changed, long size) {}

    private final ServletContext context;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Tags(ServletContext context) {
        this.context = context;
    }

    /** The tag of a file; empty if the file does not exist. */
    Optional<EntityTag> of(String resource) throws IOException {
        Known before = known.get(resource);
        if (before != null && (before.file() == null || stamp(before.file()).equals(Optional.ofNullable(before.stamp())))) {
            return Optional.of(before.tag());
        }
        Path file = file(resource);
        // The stamp is read before the content, so that the next request notices a change in between.
        Object stamp = file == null ? null : stamp(file).orElse(null);
        if (file != null && stamp == null) {
            known.remove(resource);
            return Optional.empty();
        }
        try (InputStream content = context.getResourceAsStream(resource)) {
            if (content == null) {
                known.remove(resource);
                return Optional.empty();
            }
            EntityTag tag = EntityTag.of(content);
            known.put(resource, new Known(tag, file, stamp));
            return Optional.of(tag);
        }
    }

    private @Nullable Path file(String resource) throws IOException {
        if (context.getResource(resource) == null) {
            return null;
        }
        String real = context.getRealPath(resource);
        Path file = real == null ? null : Path.of(real);
        return file != null && Files.exists(file) ? file : null;
    }

    /** The state of a file, to detect changes; empty if it is no file. */
    private static Optional<Object> stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.isRegularFile()
                    ? Optional.of(new Stamp(found.lastModifiedTime(), found.size()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
