package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.security.IdentityProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.cloudobjects.api.WebSocketManage} does, on connections wherever they are: a send inside a transaction waits
 * for its commit, and a forced logout revokes logins first. It holds no lock and waits for no client.
 */
final class ManageService {

    private final Reach reach;
    private final IdentityProvider users;
    private final AfterCommit afterCommit;

    ManageService(Reach reach, IdentityProvider users, AfterCommit afterCommit) {
        this.reach = reach;
        this.users = users;
        this.afterCommit = afterCommit;
    }

    /** The connections themselves, for what needs neither a transaction nor a login. */
    Reach reach() {
        return reach;
    }

    /** Sends a message, now or when the transaction in progress commits. */
    SendResult send(Scope to, Message message) {
        return afterCommit.defer(() -> reach.send(to, message)) ? SendResult.waiting() : reach.send(to, message);
    }

    /**
     * Makes a request to the one connection of a scope, and sends it, now or when the transaction in progress commits.
     *
     * @throws CloudObjectException as {@link Reach#request} does
     */
    CompletableFuture<Payload> request(Scope to, Payload data, Duration timeout) {
        PreparedRequest request = reach.request(to, data, timeout);
        boolean deferred = afterCommit.defer(
                request::send,
                () -> request.fail(new CloudObjectException(Code.CANCELLED, "the transaction was rolled back")));
        if (!deferred) {
            request.send();
        }
        return request.answer();
    }

    /** Closes the connections of a target that names connections or users, whatever becomes of a transaction. */
    int close(Scope whom) {
        return reach.close(whom);
    }

    /** Forces the logout of users, or of the sessions behind connections: see {@link ForcedLogout}. */
    int forceLogout(Scope whom, Payload.@Nullable Json data) {
        return new ForcedLogout(users, reach, whom, data).run();
    }

    /**
     * The target, if it names connections or users, as what ends them must.
     *
     * @throws CloudObjectException with code -1 when it names neither
     */
    static Target named(String operation, Target target) {
        if (target.cids() == null && target.users() == null) {
            throw new CloudObjectException(Code.FAIL, operation + " needs a cid or a user: neither was given");
        }
        return target;
    }
}
