package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;

/** A request that goes beyond a limit: it is counted, and must not fill the log as well. */
public final class LimitExceeded extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(Code code, String msg) {
        super(code, msg);
    }

    public LimitExceeded(CloudObjectException limit) {
        super(limit.code(), limit.getMessage());
    }
}
