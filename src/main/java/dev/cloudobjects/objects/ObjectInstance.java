package dev.cloudobjects.objects;

/**
 * An instance of a cloud object while a call uses it.
 *
 * @param object the instance
 * @param end what ends it after the call
 */
public record ObjectInstance(Object object, Runnable end) implements AutoCloseable {

    /** For an instance that its context ends. */
    static final Runnable KEPT = () -> {};

    @Override
    public void close() {
        end.run();
    }
}
