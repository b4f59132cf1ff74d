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
 * The chat of the specification's page: two groups, whose members receive the messages to the group. Its path implies that
 * a login is required.
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

    /** The author of a message; the system has no id. */
    public record Author(@Nullable String _id, String nickname) {}

    /** A message from a member. */
    public record ChatMessage(@Nullable String groupId, @Nullable JsonValue content) {}

    /** A message to the members of a group. */
    public record Delivered(String groupId, Author author, @Nullable Object content) {}

    /** The target of a call: a connection or a user. */
    public record Who(@Nullable String cid, @Nullable String user_id) {}

    /** A group. */
    public record Group(@Nullable String groupId) {}

    /** The connection joins both groups. */
    public void onWebsocketConnection() {
        ws.join("001", "002");
    }

    /** Sends a message to the members of its group, including the sender. */
    public void onWebsocketMessage(ChatMessage message) {
        String group = known(message.groupId());
        Author author = new Author(client.uid(), user.displayName());
        ws.send(
                to -> to.channel(CHANNEL).group(group),
                new Delivered(group, author, message.content()),
                encrypted());
    }

    /** Sends a message from the server to the caller. */
    public Result send(Group to) {
        String group = known(to.groupId());
        String content = inTheirLanguage("这是只给你发的消息-", "A message only for you-") + Long.toString(System.nanoTime(), 16);
        Author system = new Author(null, inTheirLanguage("系统", "System"));
        Delivered message = new Delivered(group, system, content);
        return Result.ok("sent", ws.send(me -> me.user(uid()).channel(CHANNEL), message, encrypted()).queued());
    }

    /** Answers with a signed url, which connects any WebSocket client as the caller. */
    public Result signedURL() {
        return Result.ok("url", ws.signedURL().create());
    }

    /** Closes a connection or the connections of a user; by default the caller's own. Others' need a permission. */
    public Result close(Who who) {
        Who whom = who.cid() == null && who.user_id() == null ? new Who(null, uid()) : who;
        own.check(whom);
        return Result.ok("closed", ws.close(to -> to.cid(whom.cid()).user(whom.user_id())));
    }

    /** Ends the login session of a connection, or all logins of a user; others than the caller's own need a permission. */
    public Result forceLogout(Who whom) {
        own.check(whom);
        Map<String, String> data = Map.of("msg", inTheirLanguage("您已掉线,请重新登录", "You were logged out; please log in again"));
        return Result.ok("closed", ws.forceLogout(to -> to.cid(whom.cid()).user(whom.user_id()), data));
    }

    /** Does nothing and answers with success. */
    public Result test() {
        return Result.ok();
    }

    /** The Chinese text for a client with a Chinese locale, otherwise the English text. */
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
