package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;

/** The refusal of a request that exceeds a limit. Such refusals are counted, and few of them are logged. */
public final class LimitExceeded extends CloudObjectException {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(Code code, String msg) {
        super(code, msg);
    }

    public LimitExceeded(CloudObjectException limit) {
        super(limit.code(), limit.getMessage());
    }
}
