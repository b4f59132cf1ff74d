package dev.cloudobjects.demo;

import static dev.cloudobjects.api.SendOption.encrypted;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chat of the specification's page: two groups, whose members get what is said in them. By its path a login is
 * required.
 */
@EnabledBy("cloudobjects.demo")
@CloudObject("template/web-socket/web-socket")
public class GroupChat {

    private static final Set<String> GROUPS = Set.of("001", "002");
    private static final String CHANNEL = "default";

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    UserInfo user;

    @Inject
    OwnTargets own;

    /** Who said something; the system has no id. */
    public record Author(@Nullable String _id, String nickname) {}

    /** What a member says. */
    public record ChatMessage(@Nullable String groupId, @Nullable JsonValue content) {}

    /** What the members of a group get. */
    public record Delivered(String groupId, Author author, @Nullable Object content) {}

    /** Whom a call is about: a connection or a user. */
    public record Who(@Nullable String cid, @Nullable String user_id) {}

    /** A group. */
    public record Group(@Nullable String groupId) {}

    /** The connection joins both groups. */
    public void onWebsocketConnection() {
        ws.join("001", "002");
    }

    /** What is said in a group goes to its members, the sender included. */
    public void onWebsocketMessage(ChatMessage message) {
        String group = known(message.groupId());
        Author author = new Author(client.uid(), user.displayName());
        ws.send(
                to -> to.channel(CHANNEL).group(group),
                new Delivered(group, author, message.content()),
                encrypted());
    }

    /** Has the server send a message to the caller. */
    public Result send(Group to) {
        String group = known(to.groupId());
        String content = inTheirLanguage("这是只给你发的消息-", "A message only for you-") + Long.toString(System.nanoTime(), 16);
        Author system = new Author(null, inTheirLanguage("系统", "System"));
        Delivered message = new Delivered(group, system, content);
        return Result.ok("sent", ws.send(me -> me.user(uid()).channel(CHANNEL), message, encrypted()).queued());
    }

    /** An address that any WebSocket client can connect to as the caller. */
    public Result signedURL() {
        return Result.ok("url", ws.signedURL().create());
    }

    /** Closes a connection or those of a user, without either the caller's own: others' with the right to. */
    public Result close(Who who) {
        Who whom = who.cid() == null && who.user_id() == null ? new Who(null, uid()) : who;
        own.check(whom);
        return Result.ok("closed", ws.close(to -> to.cid(whom.cid()).user(whom.user_id())));
    }

    /** Logs out a connection's session, or a user everywhere: the caller himself, others with the right to. */
    public Result forceLogout(Who whom) {
        own.check(whom);
        Map<String, String> data = Map.of("msg", inTheirLanguage("您已掉线,请重新登录", "You were logged out; please log in again"));
        return Result.ok("closed", ws.forceLogout(to -> to.cid(whom.cid()).user(whom.user_id()), data));
    }

    /** Does nothing, well. */
    public Result test() {
        return Result.ok();
    }

    /** In Chinese for whose client says so, otherwise in English. */
    private String inTheirLanguage(String chinese, String english) {
        String locale = client.locale();
        return locale != null && locale.regionMatches(true, 0, "zh", 0, 2) ? chinese : english;
    }

    private String uid() {
        return user.id();
    }

    private static String known(@Nullable String group) {
        if (group == null || !GROUPS.contains(group)) {
            throw new CloudObjectException(Code.NOT_FOUND, "groupId: there is no group '" + group + "'");
        }
        return group;
    }
}
