package dev.cloudobjects.filter;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.routing.Access;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * Why a filter refuses a call.
 *
 * @param response the answer for the caller: {@code code}, {@code msg} and what else the filter says
 * @param filter the filter's name
 * @param reason what was missing, for the log
 */
public record Refusal(JsonObject response, String filter, String reason) {

    /** A refusal with the code's own message. */
    static Refusal of(Code code, String filter, String reason) {
        return of(code.value(), code.message(), filter, reason);
    }

    static Refusal of(int code, String msg, String filter, String reason) {
        return new Refusal(
                Json.createObjectBuilder().add("code", code).add("msg", msg).build(), filter, reason);
    }

    /** Logs the refusal of a call in full, and in the audit log too when the caller lacks rights. */
    void log(Call call, JsonMapper json) {
        Log.CALL_REFUSED.logFrom(
                call.caller().client().address(),
                call.source().wireName(),
                call.url(),
                code(),
                filter,
                reason,
                call.caller().uid(),
                call.requestId());
        if (isWantOfRights()) {
            AuditTrail.refused(call, call.tree(json), reason);
        }
    }

    /** The code of the answer. */
    public int code() {
        return response.getInt("code", Code.DENIED.value());
    }

    /** Whether a user who is logged in lacks the rights. */
    public boolean isWantOfRights() {
        return code() == Code.DENIED.value() && filter.equals(Access.SYS.word());
    }

    /** The message of the answer. */
    public String msg() {
        return response.getString("msg", "");
    }
}
