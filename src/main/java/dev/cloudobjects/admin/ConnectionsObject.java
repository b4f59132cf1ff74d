package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.directory.DirectoryQueries;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectModel;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connections of all cloud objects, for administrators. */
@CloudObject("sys/connections")
public class ConnectionsObject {

    private static final String LOGGED_OUT = "you were logged out by an administrator";

    @Inject
    WebSocketManage ws;

    @Inject
    ObjectDirectory objects;

    @Inject
    DirectoryQueries table;

    @Inject
    AdminContext admin;

    /**
     * Selects a page of connections. A connection must match all given fields.
     *
     * @param url the path of an object; all objects without it
     * @param user the user's id
     * @param device the device's id
     * @param channel the channel
     * @param after the {@code next} of the page before; the first page without it
     * @param limit the maximum number of rows, 1 to 1000; default 50
     */
    public record Listing(
            @Nullable String url,
            @Nullable String user,
            @Nullable String device,
            @Nullable String channel,
            @Nullable String after,
            @Nullable Integer limit) {}

    /**
     * Selects one connection, or all connections of a user.
     *
     * @param cid the connection
     * @param user the user's id
     * @param msg the message of a forced logout for the client; at most 128 characters
     */
    public record Whose(@Nullable String cid, @Nullable String user, @Nullable String msg) {}

    /** Answers with a page of connections, in the order of their cids: {@code {rows, next}}. */
    public Result list(Listing wish) {
        Target target = target(wish);
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        Online.Page page = admin.read("connections", () -> ws.online(target, after, limit));
        return Result.ok("rows", page.rows()).with("next", page.next());
    }

    /**
     * Limits the rows of the table.
     *
     * @param limit the maximum number of rows, 1 to 1000; default 50
     */
    public record Some(@Nullable Integer limit) {}

    /** Answers with the stored rows of the table of connections, in the order of their cids: {@code {rows}}. */
    public Result stored(Some some) {
        int limit = Inputs.limit(some.limit());
        List<StoredConnection> rows = admin.read(
                "rows of connections",
                () -> table.list(limit).stream().map(StoredConnection::of).toList());
        return Result.ok("rows", rows);
    }

    /** Answers with one connection, as {@code connection}. */
    public Result find(Whose which) {
        String cid = Inputs.text("cid", which.cid());
        Optional<Online> found = admin.read("cid=" + cid, () -> ws.find(cid));
        return Result.ok(
                "connection",
                found.orElseThrow(() -> new CloudObjectException(Code.NOT_FOUND, "cid: there is no such connection")));
    }

    /** Closes a connection, or all connections of a user. The logins stay valid. */
    public Result close(Whose whose) {
        return Result.ok("closed", ws.close(target(whose)));
    }

    /** Ends the login session of a connection, or all login sessions of a user, connected or not. */
    public Result forceLogout(Whose whose) {
        String msg = Objects.requireNonNullElse(Inputs.optional("msg", whose.msg()), LOGGED_OUT);
        return Result.ok("closed", ws.forceLogout(target(whose), Map.of("msg", msg)));
    }

    private Target target(Whose whose) {
        String cid = Inputs.optional("cid", whose.cid());
        String user = Inputs.optional("user", whose.user());
        if (cid != null && user == null) {
            return Target.cid(cid);
        }
        if (user != null && cid == null) {
            return Target.path(paths()).user(user);
        }
        throw Inputs.wrong("cid", "expected either cid or user");
    }

    private Target target(Listing wish) {
        String url = Inputs.optional("url", wish.url());
        if (url != null && objects.find(url).isEmpty()) {
            throw new CloudObjectException(Code.NOT_FOUND, "url: there is no cloud object '" + url + "'");
        }
        String user = Inputs.optional("user", wish.user());
        String device = Inputs.optional("device", wish.device());
        String channel = Inputs.optional("channel", wish.channel());
        Selector some = url == null ? Target.path(paths()) : Target.path(url);
        some = user == null ? some : some.user(user);
        some = device == null ? some : some.device(device);
        some = channel == null ? some : some.channel(channel);
        return user == null && device == null && channel == null ? some.everyone() : some;
    }

    private List<String> paths() {
        return objects.all().stream().map(ObjectModel::path).toList();
    }
}
