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
 * Why an event did not succeed, as the client is told.
 *
 * @param body code, message and request id
 * @param data what a filter or the object answered besides, or {@code null}
 * @param thrown what the object's own code threw; {@code null} when it was not reached or answered in order
 */
record Problem(ErrorBody body, Payload.@Nullable Json data, @Nullable Throwable thrown) {

    /** The problem with an answer; {@code null} when there is none. */
    static @Nullable Problem of(Answer answer, Call call, JsonMapper json) {
        return answer.fold(
                value -> returned(value, call, json),
                refusal -> said(refusal.response(), call, json),
                failed -> new Problem(
                        new ErrorBody(failed.code(), failed.msg(), call.requestId()), null, failed.cause()));
    }

    /** The event that tells of it. */
    ServerFrame.Event event(boolean close, @Nullable Long re) {
        EventType type = Code.isToken(body.code()) ? EventType.INVALID_TOKEN : EventType.ERROR;
        return new ServerFrame.Event(type, data, body, close, re);
    }

    /** An object may refuse by returning a code other than 0, as one that is called does. */
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

    private static @Nullable Problem said(JsonObject response, Call call, JsonMapper json) {
        if (!(response.get("code") instanceof JsonNumber code) || code.intValue() == Code.OK.value()) {
            return null;
        }
        ErrorBody body = new ErrorBody(code.intValue(), response.getString("msg", ""), call.requestId());
        return new Problem(body, response.size() > 2 ? json.write(response) : null, null);
    }
}
