package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.CloudObjects;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls of cloud objects by server code. */
@ApplicationScoped
class InternalCalls implements CloudObjects {

    @Inject
    Functions functions;

    @Inject
    CurrentCall current;

    @Inject
    JsonMapper json;

    @Override
    @ActivateRequestContext
    public Result call(String url, @Nullable Object data) {
        Optional<Call> outer = current.call();
        JsonObject answer = functions.call(new Functions.Request(
                url,
                Source.FUNCTION,
                outer.map(Call::caller).orElseGet(Caller::server),
                json.payload(data),
                null,
                outer.map(Call::baseUrl).orElse(null)));
        int code = answer.getInt("code", Code.OK.value());
        if (code != Code.OK.value()) {
            throw new CloudObjectException(code, answer.getString("msg", ""));
        }
        Map<String, @Nullable Object> fields = json.read(json.write(answer), Map.class);
        Result result = Result.ok();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            result = result.with(field.getKey(), field.getValue());
        }
        return result.with("code", code);
    }

    @Override
    @ActivateRequestContext
    public <T extends @Nullable Object> T runAs(Source source, Callable<T> task) throws Exception {
        current.enter(new CurrentCall.AsServer(source));
        try {
            return task.call();
        } finally {
            current.leave();
        }
    }
}
