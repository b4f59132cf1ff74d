package dev.cloudobjects.filter;

import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import java.util.Map;

/** Calls as a client makes them. */
final class Calls {

    private Calls() {}

    /** A call of {@code chat/room.<method>} that needs this access. */
    static Call.Builder of(Access access, String method, Authentication caller) {
        return of(Object.class, access, method, caller);
    }

    static Call.Builder of(Class<?> type, Access access, String method, Authentication caller) {
        ObjectModel model = new ObjectModel("chat/room", type, Map.of(), Map.of(), null, null);
        return of(model, new ObjectMethod(method, null, null, new AccessRule(access, 0, "a test")), caller);
    }

    /** A call of this method. */
    static Call.Builder of(ObjectModel model, ObjectMethod called, Authentication caller) {
        return Call.of(model, called, "r1").from(Source.CLIENT, new Caller(caller, null, Caller.Client.UNKNOWN));
    }
}
