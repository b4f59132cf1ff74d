package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.trace.Trace;
import dev.cloudobjects.trace.Traces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Manages traces, which log the processing of the messages of a connection or a user. For administrators. */
@CloudObject("sys/traces")
public class TracesObject {

    private static final int DEFAULT_MINUTES = 10;

    @Inject
    Traces traces;

    @Inject
    Settings settings;

    @Inject
    AdminContext admin;

    /**
     * Describes a trace of either a connection or a user.
     *
     * @param cid the connection
     * @param user the user's id
     * @param minutes the duration; default 10
     * @param data whether message data are logged, without secrets; default {@code false}
     */
    public record Wish(
            @Nullable String cid, @Nullable String user, @Nullable Integer minutes, @Nullable Boolean data) {}

    /** Selects a trace. */
    public record Which(@Nullable String id) {}

    /**
     * A running trace.
     *
     * @param seconds the time until it ends by itself
     * @param lines the number of lines that it has written
     */
    public record Running(
            String id, @Nullable String cid, @Nullable String user, boolean data, long seconds, int lines) {}

    /** Starts a trace; answers with its {@code id}. */
    public Result begin(Wish wish) {
        String cid = Inputs.optional("cid", wish.cid());
        String user = Inputs.optional("user", wish.user());
        if ((cid == null) == (user == null)) {
            throw Inputs.wrong("cid", "expected either cid or user");
        }
        Duration time = time(wish.minutes());
        boolean data = Boolean.TRUE.equals(wish.data());
        if (data) {
            admin.requireAdministrator("only an administrator reads what others are sent");
        }
        Trace.Subject subject = new Trace.Subject(cid, user);
        AtomicReference<String> id = new AtomicReference<>("");
        admin.change(
                Audit.TRACE_CHANGED,
                subject.toString(),
                "started for " + time + (data ? " with data" : ""),
                () -> id.set(traces.begin(subject, time, data)
                        .orElseThrow(() -> new CloudObjectException(
                                Code.TOO_MANY, "only " + Traces.MOST + " traces run at a time: end one"))
                        .id()));
        return Result.ok("id", id.get());
    }

    private Duration time(@Nullable Integer minutes) {
        long most = settings.get(Keys.TRACE_MAX_TIME).toMinutes();
        long wanted = minutes == null ? Math.min(DEFAULT_MINUTES, Math.max(1, most)) : minutes;
        if (wanted < 1 || wanted > Math.max(1, most)) {
            throw Inputs.wrong("minutes", "expected a whole number from 1 to " + Math.max(1, most));
        }
        return Duration.ofMinutes(wanted);
    }

    /** Answers with the running traces, as {@code rows}. */
    public Result list() {
        List<Running> rows = admin.read(
                "traces",
                () -> traces.all().stream()
                        .map(trace -> new Running(
                                trace.id(),
                                trace.subject().cid(),
                                trace.subject().user(),
                                trace.data(),
                                traces.left(trace).toSeconds(),
                                trace.lines()))
                        .toList());
        return Result.ok("rows", rows);
    }

    /** Ends a trace. */
    public void end(Which which) {
        String id = Inputs.text("id", which.id());
        admin.change(Audit.TRACE_CHANGED, "trace=" + id, "ended", () -> {
            if (!traces.end(id)) {
                throw new CloudObjectException(Code.NOT_FOUND, "id: there is no trace '" + id + "'");
            }
        });
    }
}
