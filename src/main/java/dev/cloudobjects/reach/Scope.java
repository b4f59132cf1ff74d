package dev.cloudobjects.reach;

import dev.cloudobjects.api.Target;
import java.util.Collection;
import java.util.List;

/**
 * A target together with the objects among whose connections it selects.
 *
 * @param target the target, checked; a sender that is to be left out stands in it by its cid
 * @param paths the paths of the objects; not used when the target names cids
 */
public record Scope(Target target, Collection<String> paths) {

    /** These connections, to whatever object. */
    public static Scope ofCids(Collection<String> cids) {
        return new Scope(Target.cid(cids), List.of());
    }
}
