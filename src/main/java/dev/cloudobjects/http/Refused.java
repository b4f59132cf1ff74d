package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.Refusal;

/** A request that is answered with a failure. */
public final class Refused extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public Refused(Code code, String msg) {
        super(code, msg);
        this.reason = msg;
    }

    public Refused(Refusal refusal) {
        super(refusal.code(), refusal.msg());
        this.reason = refusal.filter() + ": " + refusal.reason();
    }

    /** The reason for the log, which may say more than the message for the client. */
    public static String reason(CloudObjectException why) {
        return why instanceof Refused refused ? refused.reason : why.getMessage();
    }
}
