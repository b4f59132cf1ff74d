package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.log.Log;

/** A call that a filter refused; the method was not reached. */
public final class RefusedException extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private RefusedException(Refusal refusal) {
        super(refusal.code(), refusal.msg());
        this.refusal = refusal;
    }

    /** The refusal of a call, which the log is told in full; so is the audit log, of whoever tried what needs rights. */
    static RefusedException of(Refusal refusal, Call call, JsonMapper json) {
        Log.CALL_REFUSED.logFrom(
                call.caller().client().address(),
                call.source().wireName(),
                call.url(),
                refusal.code(),
                refusal.filter(),
                refusal.reason(),
                call.caller().uid(),
                call.requestId());
        if (refusal.isWantOfRights()) {
            AuditTrail.refused(call, json.tree(call.params()), refusal.reason());
        }
        return new RefusedException(refusal);
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
