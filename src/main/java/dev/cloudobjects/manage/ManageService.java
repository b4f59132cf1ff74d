package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.TrackedSend;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.reach.GroupHistories;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Presences;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sent;
import dev.cloudobjects.security.IdentityProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.cloudobjects.api.WebSocketManage} does, on connections wherever they are: a send inside a transaction waits
 * for its commit, and a forced logout revokes logins first. It holds no lock and waits for no client.
 */
final class ManageService {

    private final Reach reach;
    private final GroupHistories histories;
    private final Presences presences;
    private final IdentityProvider users;
    private final AfterCommit afterCommit;

    ManageService(
            Reach reach,
            GroupHistories histories,
            Presences presences,
            IdentityProvider users,
            AfterCommit afterCommit) {
        this.reach = reach;
        this.histories = histories;
        this.presences = presences;
        this.users = users;
        this.afterCommit = afterCommit;
    }

    /** The connections themselves, for what needs neither a transaction nor a login. */
    Reach reach() {
        return reach;
    }

    /** What groups keep. */
    GroupHistories histories() {
        return histories;
    }

    /** Who is present. */
    Presences presences() {
        return presences;
    }

    /** Sends a message, now or when the transaction in progress commits. */
    SendResult send(Scope to, Message message) {
        return afterCommit.defer(() -> reach.send(to, message)) ? SendResult.waiting() : reach.send(to, message);
    }

    /** Sends a message and reports what became of it, now or when the transaction in progress commits. */
    TrackedSend sendTracked(Scope to, Message message, Until until) {
        CompletableFuture<List<Receipt>> later = new CompletableFuture<>();
        boolean deferred = afterCommit.defer(
                () -> complete(later, to, message, until),
                () -> later.completeExceptionally(new CloudObjectException(
                        Code.FAIL, "sendTracked: the transaction was rolled back, and nothing was sent")));
        if (deferred) {
            return new TrackedSend(SendResult.waiting(), later.minimalCompletionStage());
        }
        Sent sent = reach.sendTracked(to, message, until);
        return new TrackedSend(sent.result(), CompletableFuture.completedStage(sent.receipts()));
    }

    private void complete(CompletableFuture<List<Receipt>> later, Scope to, Message message, Until until) {
        try {
            later.complete(reach.sendTracked(to, message, until).receipts());
        } catch (RuntimeException | Error e) {
            later.completeExceptionally(e);
            throw e;
        }
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
