package dev.cloudobjects.call;

import dev.cloudobjects.api.CallInfo;
import dev.cloudobjects.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** {@link CallInfo} of the call in progress. */
@ApplicationScoped
class CurrentCallInfo implements CallInfo {

    @Inject
    CurrentCall current;

    @Inject
    JsonMapper json;

    @Override
    public String url() {
        return current.required().url();
    }

    @Override
    public String objectPath() {
        return current.required().object().path();
    }

    @Override
    public String methodName() {
        return current.required().method().name();
    }

    @Override
    public JsonValue params() {
        return current.required().tree(json);
    }

    @Override
    public String requestId() {
        return current.required().requestId();
    }

    @Override
    public Optional<HttpInfo> httpInfo() {
        return Optional.ofNullable(current.required().http());
    }
}
