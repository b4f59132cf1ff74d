package dev.cloudobjects.filter;

import dev.cloudobjects.api.Code;
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

    /** The code of the answer. */
    public int code() {
        return response.getInt("code", Code.DENIED.value());
    }

    /** Whether somebody who is known tried what needs rights that he lacks: that is for the audit log. */
    public boolean isWantOfRights() {
        return code() == Code.DENIED.value() && filter.equals(Access.SYS.word());
    }

    /** The message of the answer. */
    public String msg() {
        return response.getString("msg", "");
    }
}
