package dev.cloudobjects.api;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls cloud objects from server code. Inject it. Safe for use by many threads. */
public interface CloudObjects {

    /**
     * Calls a method of a cloud object as the server, with {@link Source#FUNCTION}: the built-in filters pass, custom
     * ones and the object's hooks run. The user of a call in progress goes along.
     *
     * <p>Within a call in progress both calls share one request context: an object that calls itself this way meets its
     * own instance, with its fields as they are.
     *
     * @param url {@code path.method}, or a path alone for its {@code main}
     * @param data any JSON-B value; the method gets it as its own parameter type
     * @return the answer, in the usual shape
     * @throws CloudObjectException with code 404 for an unknown url, otherwise with the code of the failed call
     */
    Result call(String url, @Nullable Object data);

    /**
     * Runs {@code task} with the rights of the server, so that cloud objects and guarded beans that it calls directly
     * answer although no client is calling: for timers, observers and start-up code.
     *
     * @param source what {@link ClientInfo#source()} shall say
     * @return what the task returned
     * @throws Exception what the task threw
     */
    <T extends @Nullable Object> T runAs(Source source, Callable<T> task) throws Exception;
}
