package dev.cloudobjects.filter;

import dev.cloudobjects.api.Completion;
import org.jspecify.annotations.Nullable;

/** The cloud object in a call: its hooks and the called method, all of one instance. Used by the thread of the call. */
interface ObjectPart extends AutoCloseable {

    /** An object that does not handle the event: only the filters see it. */
    ObjectPart UNHANDLED = new ObjectPart() {
        @Override
        public @Nullable Object before() {
            return null;
        }

        @Override
        public @Nullable Object invoke() {
            return null;
        }

        @Override
        public @Nullable Object after(Completion completion) {
            return null;
        }

        @Override
        public void close() {
            // There is no instance.
        }
    };

    /** Runs {@code _before}; {@code null} when there is none or when it lets the call go on. */
    @Nullable Object before() throws Throwable;

    /** Binds the data to the type of the method's parameter and runs the method. */
    @Nullable Object invoke() throws Throwable;

    /** Runs {@code _after}; {@code null} when there is none or when it keeps the answer. */
    @Nullable Object after(Completion completion) throws Throwable;

    /** Destroys the instance if it was made for this call alone. */
    @Override
    void close();
}
