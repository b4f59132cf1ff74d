package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CallInfo.HttpInfo;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.request.StreamSource;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.threads.WorkerPool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls methods of cloud objects by url and shapes their answers: {@code {code, msg, …}}. */
@ApplicationScoped
public class Functions {

    /** The member of an answer that says after how many seconds the client may call again. */
    public static final String RETRY_AFTER = "retryAfter";

    private static final String STREAM =
            "the result is a stream: call the method over a connection and give credit, as socket.stream does";

    private static final String REQUEST_ID = "requestId";

    @Inject
    Resolver resolver;

    @Inject
    Invoker invoker;

    @Inject
    AccessCheck access;

    @Inject
    WorkerPool handlers;

    @Inject
    JsonMapper json;

    /**
     * A request for a call.
     *
     * @param url {@code path.method}, or a path alone
     * @param params the data; a {@code uid} in it is removed
     * @param http the HTTP request that the call arrived in, or {@code null}
     * @param baseUrl the address at which the client called the application, or {@code null}
     */
    public record Request(
            String url,
            Source source,
            Caller caller,
            Payload params,
            @Nullable HttpInfo http,
            @Nullable String baseUrl) {}

    /**
     * The method that a url names, as {@code path.method}.
     *
     * @throws CloudObjectException with code 403, 404 or 501 when there is no such callable method
     */
    public String method(String url) {
        Resolver.Found found = resolver.find(url);
        return found.object().path() + "." + found.method().name();
    }

    /** Whether a caller is refused whatever the data, because the method needs a login and the caller has none. */
    public boolean lacksLogin(String url, Caller caller) {
        return access.lacksLogin(resolver.find(url).method().rule(), caller.authentication());
    }

    /** Calls on this thread and returns the answer; every failure is an answer. */
    public JsonObject call(Request request) {
        return call(request, RequestIds.next(), () -> {
            // The call around this one has a time limit of its own, on the same thread.
        });
    }

    /**
     * Calls on this thread, and answers when the time limit has passed, also when the method has not returned.
     *
     * @param answers gets the answer; only the first that it gets is for the caller
     */
    public void call(Request request, Consumer<JsonObject> answers) {
        String requestId = RequestIds.next();
        answers.accept(call(request, requestId, new Overrun() {
            @Override
            public void late() {
                JsonObject timeout = failure(Code.TIMEOUT.value(), Code.TIMEOUT.message(), requestId);
                handlers.execute(() -> answers.accept(timeout));
            }

            @Override
            public void stuck() {
                // The caller has been answered.
            }
        }));
    }

    private JsonObject call(Request request, String requestId, Overrun overrun) {
        Resolver.Found found;
        try {
            found = resolver.find(request.url());
        } catch (CloudObjectException e) {
            Log.REQUEST_REFUSED.logFrom(
                    request.caller().client().address(),
                    request.source().wireName(), request.url(), e.code(), e.getMessage(), requestId);
            return failure(e.code(), e.getMessage(), requestId);
        }
        Call call = Call.of(found.object(), found.method(), requestId)
                .from(request.source(), request.caller())
                .params(json.withoutTopLevel(request.params(), Call.UID))
                .http(request.http())
                .baseUrl(request.baseUrl())
                .build();
        return shape(call, invoker.invoke(call, overrun));
    }

    private JsonObject shape(Call call, Answer answer) {
        JsonObject shaped = answer.fold(
                value -> returned(call, value),
                refusal -> Json.createObjectBuilder(refusal.response())
                        .add(REQUEST_ID, call.requestId())
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
        StreamSource stream = StreamSource.of(value);
        if (stream != null) {
            StreamSource.release(stream);
            return failure(Code.NOT_CALLABLE.value(), STREAM, call.requestId());
        }
        JsonValue written;
        try {
            written = json.tree(json.write(value));
        } catch (JsonbException e) {
            Invoker.logFailure(call, e);
            return failure(Code.INTERNAL.value(), Code.INTERNAL.message(), call.requestId());
        }
        JsonValue code = written instanceof JsonObject object ? object.getOrDefault("code", JsonValue.NULL) : null;
        if (written instanceof JsonObject object && code instanceof JsonNumber number) {
            JsonObjectBuilder shaped = Json.createObjectBuilder(object);
            if (!object.containsKey("msg")) {
                shaped.add("msg", "");
            }
            // A client knows by the request id that the failure is of this server and not of a gateway.
            if (number.bigDecimalValue().signum() != 0 && !isNamed(object)) {
                shaped.add(REQUEST_ID, call.requestId());
            }
            return shaped.build();
        }
        JsonObjectBuilder ok = Json.createObjectBuilder().add("code", Code.OK.value()).add("msg", "");
        if (written instanceof JsonObject object && code == JsonValue.NULL) {
            object.forEach(ok::add);
            ok.add("code", Code.OK.value());
        } else if (written != JsonValue.NULL) {
            // A code that is no number, such as that of a country, is data.
            ok.add("data", written);
        }
        return ok.build();
    }

    private static boolean isNamed(JsonObject answer) {
        return answer.get(REQUEST_ID) instanceof JsonString id && !id.getString().isEmpty();
    }

    private static JsonObject failed(Answer.Failed failed, String requestId) {
        JsonObject answer = failure(failed.code(), failed.msg(), requestId);
        return failed.cause() instanceof CloudObjectException said && said.retryAfter().isPresent()
                ? Json.createObjectBuilder(answer)
                        .add(RETRY_AFTER, wholeSeconds(said.retryAfter().get()))
                        .build()
                : answer;
    }

    /** Whole seconds, rounded up: a client that calls too early is refused again. */
    private static long wholeSeconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static JsonObject failure(int code, String msg, String requestId) {
        return Json.createObjectBuilder()
                .add("code", code)
                .add("msg", msg)
                .add(REQUEST_ID, requestId)
                .build();
    }
}
