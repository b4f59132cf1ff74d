package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;

/**
 * The refusal of an invocation that an object made of a guarded bean. It is an exception because it passes through the
 * application's code, which may catch it.
 */
final class RefusedException extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private RefusedException(Refusal refusal) {
        super(refusal.code(), refusal.msg());
        this.refusal = refusal;
    }

    /** The exception for a refusal, which is logged. */
    static RefusedException of(Refusal refusal, Call call, JsonMapper json) {
        refusal.log(call, json);
        return new RefusedException(refusal);
    }

    /** Why the invocation was refused. */
    Refusal refusal() {
        return refusal;
    }
}
