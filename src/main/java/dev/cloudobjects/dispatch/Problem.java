package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import org.jspecify.annotations.Nullable;

/**
 * The failure or refusal of an event, in the form that the client gets.
 *
 * @param body code, message and request id
 * @param data the answer of a filter or the object when it has more members than code and message, or {@code null}
 * @param thrown what the object's code threw; {@code null} when it was not called or did not throw
 */
record Problem(ErrorBody body, Payload.@Nullable Json data, @Nullable Throwable thrown) {

    /** The problem that an answer is; {@code null} when the event succeeded. */
    static @Nullable Problem of(Answer answer, Call call, JsonMapper json) {
        return answer.fold(
                value -> returned(value, call, json),
                refusal -> said(refusal.response(), call, json),
                failed -> new Problem(
                        new ErrorBody(failed.code(), failed.msg(), call.requestId()), null, failed.cause()));
    }

    /** The event that tells the client. */
    ServerFrame.Event event(boolean close, @Nullable Long re) {
        EventType type = Code.isToken(body.code()) ? EventType.INVALID_TOKEN : EventType.ERROR;
        return new ServerFrame.Event(type, data, body, close, re);
    }

    /** An object that returns a code other than 0 refuses the event. */
    private static @Nullable Problem returned(@Nullable Object value, Call call, JsonMapper json) {
        if (value == null) {
            return null;
        }
        try {
            return json.tree(json.write(value)) instanceof JsonObject object ? said(object, call, json) : null;
        } catch (JsonbException e) {
            return null;
        }
    }

    /** The problem that a result is, as it was written; {@code null} when it is none. */
    static @Nullable Problem of(Payload written, Call call, JsonMapper json) {
        boolean mayBe = written instanceof Payload.Json text && text.text().startsWith("{") && json.hasTopLevel(text, "code");
        return mayBe && json.tree(written) instanceof JsonObject object ? said(object, call, json) : null;
    }

    private static @Nullable Problem said(JsonObject response, Call call, JsonMapper json) {
        if (!(response.get("code") instanceof JsonNumber code) || code.intValue() == Code.OK.value()) {
            return null;
        }
        ErrorBody body = new ErrorBody(code.intValue(), response.getString("msg", ""), call.requestId());
        return new Problem(body, response.size() > 2 ? json.write(response) : null, null);
    }
}
