package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CallInfo.HttpInfo;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.protocol.JsonMapper;
import dev.cloudobjects.protocol.Payload;
import dev.cloudobjects.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls methods of cloud objects by url and shapes their answers: {@code {code, msg, …}}. */
@ApplicationScoped
public class Functions {

    /** The member of an answer that says after how many seconds to ask again. */
    public static final String RETRY_AFTER = "retryAfter";

    @Inject
    Resolver resolver;

    @Inject
    Invoker invoker;

    @Inject
    JsonMapper json;

    /**
     * A request for a call.
     *
     * @param url {@code path.method}, or a path alone
     * @param params the data; a {@code uid} in it is dropped
     * @param http the HTTP request behind it, or {@code null}
     * @param baseUrl the address that the client reached the server at, or {@code null}
     */
    public record Request(
            String url,
            Source source,
            Caller caller,
            Payload params,
            @Nullable HttpInfo http,
            @Nullable String baseUrl) {}

    /** Calls, and answers; whatever goes wrong is an answer too. */
    public JsonObject call(Request request) {
        String requestId = RequestIds.next();
        Resolver.Found found;
        try {
            found = resolver.find(request.url());
        } catch (CloudObjectException e) {
            Log.REQUEST_REFUSED.log(
                    request.source().wireName(), request.url(), e.code(), e.getMessage(), requestId);
            return failure(e.code(), e.getMessage(), requestId);
        }
        Call call = Call.of(found.object(), found.method(), requestId)
                .from(request.source(), request.caller())
                .params(json.withoutTopLevel(request.params(), Call.UID))
                .http(request.http())
                .baseUrl(request.baseUrl())
                .build();
        Answer answer = invoker.invoke(call, () -> {
            // The thread is the container's; nothing else waits for it.
        });
        return shape(call, answer);
    }

    private JsonObject shape(Call call, Answer answer) {
        JsonObject shaped = answer.fold(
                value -> returned(call, value),
                refusal -> Json.createObjectBuilder(refusal.response())
                        .add("requestId", call.requestId())
                        .build(),
                failed -> failed(failed, call.requestId()));
        var renewed = call.renewed();
        if (renewed == null) {
            return shaped;
        }
        return Json.createObjectBuilder(shaped)
                .add("vk_uni_token", Json.createObjectBuilder()
                        .add("token", renewed.token())
                        .add("tokenExpired", renewed.expiresAt().toEpochMilli()))
                .build();
    }

    private JsonObject returned(Call call, @Nullable Object value) {
        JsonValue written;
        try {
            written = json.tree(json.write(value));
        } catch (JsonbException e) {
            Log.CALL_FAILED.log(e, call.source().wireName(), call.url(), call.caller().uid(), call.requestId());
            return failure(Code.INTERNAL.value(), Code.INTERNAL.message(), call.requestId());
        }
        if (written instanceof JsonObject object && object.get("code") instanceof JsonNumber) {
            return object.containsKey("msg") ? object : Json.createObjectBuilder(object).add("msg", "").build();
        }
        JsonObjectBuilder ok = Json.createObjectBuilder().add("code", Code.OK.value()).add("msg", "");
        if (written instanceof JsonObject object) {
            object.forEach(ok::add);
        } else if (written != JsonValue.NULL) {
            ok.add("data", written);
        }
        return ok.build();
    }

    private static JsonObject failed(Answer.Failed failed, String requestId) {
        JsonObject answer = failure(failed.code(), failed.msg(), requestId);
        return failed.cause() instanceof CloudObjectException said && said.retryAfter().isPresent()
                ? Json.createObjectBuilder(answer)
                        .add(RETRY_AFTER, wholeSeconds(said.retryAfter().get()))
                        .build()
                : answer;
    }

    /** Rounded up: who comes a moment too early is refused once more. */
    private static long wholeSeconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static JsonObject failure(int code, String msg, String requestId) {
        return Json.createObjectBuilder()
                .add("code", code)
                .add("msg", msg)
                .add("requestId", requestId)
                .build();
    }
}
