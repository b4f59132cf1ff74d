package dev.cloudobjects.oidc;

import dev.cloudobjects.users.AccountStatus;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store for tests. */
public final class MemoryExternalUserStore implements ExternalUserStore {

    private final Map<String, ExternalUser> users = new HashMap<>();

    /** How often users were looked for. */
    public int finds;

    /** How often a token's words were kept. */
    public int written;

    @Override
    public synchronized List<ExternalUser> find(Collection<String> uids) {
        finds++;
        return uids.stream().map(users::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized void seen(ExternalLogin login, Instant firstSeen) {
        written++;
        ExternalUser before = user(login.uid());
        if (before.profileFrom().isAfter(login.issuedAt())) {
            return;
        }
        ExternalLogin.Profile said = login.profile();
        Set<String> roles = said.roles() == null ? before.roles() : said.roles();
        put(before, new ExternalLogin.Profile(said.username(), said.nickname(), roles), login.issuedAt(), before.revokedBefore(), before.revokedSessions(), before.status());
    }

    @Override
    public synchronized void revokeUntil(String uid, Instant moment) {
        ExternalUser before = user(uid);
        put(before, before.profile(), before.profileFrom(), moment, Set.of(), before.status());
    }

    @Override
    public synchronized boolean revokeSession(String uid, String sessionId, int most) {
        ExternalUser before = user(uid);
        if (before.revokedSessions().size() >= most) {
            return false;
        }
        Set<String> more = new HashSet<>(before.revokedSessions());
        more.add(sessionId);
        put(before, before.profile(), before.profileFrom(), before.revokedBefore(), more, before.status());
        return true;
    }

    /** Changes the status as an administrator does. */
    public synchronized void status(String uid, AccountStatus status) {
        ExternalUser before = user(uid);
        put(before, before.profile(), before.profileFrom(), before.revokedBefore(), before.revokedSessions(), status);
    }

    private ExternalUser user(String uid) {
        return users.getOrDefault(
                uid,
                new ExternalUser(
                        uid,
                        new ExternalLogin.Profile(null, null, Set.of()),
                        Instant.MIN,
                        AccountStatus.NORMAL,
                        Instant.MIN,
                        Set.of(),
                        Json.createObjectBuilder().build()));
    }

    private void put(
            ExternalUser before,
            ExternalLogin.Profile profile,
            Instant from,
            Instant revokedBefore,
            Set<String> revoked,
            AccountStatus status) {
        JsonObjectBuilder row = Json.createObjectBuilder().add("_id", before.uid());
        @Nullable String nickname = profile.nickname();
        if (nickname != null) {
            row.add("nickname", nickname);
        }
        users.put(before.uid(), new ExternalUser(before.uid(), profile, from, status, revokedBefore, revoked, row.build()));
    }
}
