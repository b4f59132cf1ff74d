package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.Refusal;

/** A request that is answered with a failure. */
final class Refused extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Refused(Code code, String msg) {
        super(code, msg);
        this.reason = msg;
    }

    Refused(Refusal refusal) {
        super(refusal.code(), refusal.msg());
        this.reason = refusal.filter() + ": " + refusal.reason();
    }

    /** Why something was refused, for the log: more than the client is told, where more is known. */
    static String reason(CloudObjectException why) {
        return why instanceof Refused refused ? refused.reason : why.getMessage();
    }
}
