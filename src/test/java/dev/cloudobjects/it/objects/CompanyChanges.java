package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.PresenceChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The changes of presence that the application was told: no cloud object, because an event is no call. */
@ApplicationScoped
public class CompanyChanges {

    private final List<String> all = new CopyOnWriteArrayList<>();

    void changed(@ObservesAsync PresenceChange change) {
        all.add(change.place().name() + " " + change.member() + " " + change.kind());
    }

    /** All of them, in their order. */
    public List<String> all() {
        return all;
    }
}
