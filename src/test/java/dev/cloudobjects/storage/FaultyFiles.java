package dev.cloudobjects.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2 over the real one, which can be full or read-only, as {@code faulty:/path}. One for all tests. */
public final class FaultyFiles extends FilePathWrapper {

    static final String LAYER = "faulty:";

    private static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE / 2);
    private static volatile boolean readOnly;

    static {
        FilePath.register(new FaultyFiles());
    }

    /** Makes it known to H2, without faults. */
    static void start() {
        ROOM.set(Long.MAX_VALUE / 2);
        readOnly = false;
    }

    /** Files can grow by so many bytes from now on. */
    static void room(long bytes) {
        ROOM.set(bytes);
    }

    /** No file can be written from now on. */
    static void readOnly() {
        readOnly = true;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public boolean canWrite() {
        return !readOnly && super.canWrite();
    }

    @Override
    public void delete() {
        if (exists()) {
            ROOM.addAndGet(size());
        }
        super.delete();
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBase {
        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            long growth = Math.max(0, position + bytes.remaining() - file.size());
            long left = ROOM.get();
            if (growth > left) {
                // As a disk does: what fits is written.
                ByteBuffer part = bytes.duplicate();
                part.limit(part.position() + (int) (bytes.remaining() - growth + Math.max(0, left)));
                ROOM.set(0);
                file.write(part, position);
                throw new IOException("No space left on device");
            }
            ROOM.addAndGet(-growth);
            return file.write(bytes, position);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int written = write(bytes, file.position());
            file.position(file.position() + written);
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            ROOM.addAndGet(Math.max(0, file.size() - size));
            file.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void force(boolean metadata) throws IOException {
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
