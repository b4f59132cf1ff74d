package dev.cloudobjects.call;

import dev.cloudobjects.log.Audit;
import dev.cloudobjects.log.Audit.Actor;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes to the {@link Audit} log what a call does to other users. */
public final class AuditTrail {

    /** The members of a caller's data that name a user or a thing, in the objects here and in VK's examples. */
    private static final List<String> NAMES =
            List.of("cid", "cids", "user", "users", "user_id", "userId", "username", "id", "roles", "group", "url");

    private static final int MOST_VALUES = 20;

    private AuditTrail() {}

    /** Writes that a call did something, or that the server did when there is no call. */
    public static void note(Audit what, Optional<Call> by, String whom, String outcome) {
        what.write(by.map(AuditTrail::actor).orElse(Actor.SERVER), whom, outcome);
    }

    /** Runs an action, and writes its outcome or that it failed. */
    public static <T> T noted(
            Audit what, Optional<Call> by, String whom, Supplier<T> action, Function<T, String> outcome) {
        T result;
        try {
            result = action.get();
        } catch (RuntimeException | Error e) {
            note(what, by, whom, "failed: " + e.getMessage());
            throw e;
        }
        note(what, by, whom, outcome.apply(result));
        return result;
    }

    /** Writes that a call was refused, and which users and things its data names. */
    public static void refused(Call call, JsonValue params, String reason) {
        note(Audit.REFUSED, Optional.of(call), named(params), reason);
    }

    private static Actor actor(Call call) {
        return new Actor(
                call.caller().uid(),
                call.caller().client().address(),
                call.source().wireName() + " " + call.url(),
                call.requestId());
    }

    private static String named(JsonValue params) {
        StringJoiner names = new StringJoiner(" ");
        if (params instanceof JsonObject object) {
            for (String name : NAMES) {
                values(object.get(name)).forEach(value -> names.add(name + "=" + value));
            }
        }
        return names.toString();
    }

    private static List<String> values(@Nullable JsonValue value) {
        if (value instanceof JsonString text) {
            return List.of(text.getString());
        }
        return value instanceof JsonArray list
                ? list.stream()
                        .filter(JsonString.class::isInstance)
                        .limit(MOST_VALUES)
                        .map(item -> ((JsonString) item).getString())
                        .toList()
                : List.of();
    }
}
