package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.CallUrl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds the callable method that a url names. */
@ApplicationScoped
class Resolver {

    @Inject
    ObjectDirectory objects;

    /** A method of an object. */
    record Found(ObjectModel object, ObjectMethod method) {}

    /**
     * The method of a url.
     *
     * @throws CloudObjectException with code 403 for a private name, 501 for an event, 404 for what does not exist
     */
    Found find(String url) {
        for (CallUrl candidate : CallUrl.candidates(url)) {
            Optional<Found> found =
                    objects.find(candidate.object().value()).flatMap(object -> find(object, candidate.method()));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new CloudObjectException(Code.NOT_FOUND);
    }

    /**
     * The method of an object.
     *
     * @throws CloudObjectException as {@link #find(String)} does
     */
    static ObjectMethod method(ObjectModel object, String name) {
        return find(object, name).orElseThrow(() -> new CloudObjectException(Code.NOT_FOUND)).method();
    }

    private static Optional<Found> find(ObjectModel object, String method) {
        if (AccessRule.isPrivate(method)) {
            throw new CloudObjectException(Code.DENIED);
        }
        if (Event.isMethod(method)) {
            throw new CloudObjectException(Code.NOT_CALLABLE);
        }
        return object.callable(method).map(found -> new Found(object, found));
    }
}
