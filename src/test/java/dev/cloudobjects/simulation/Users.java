package dev.cloudobjects.simulation;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users whose tokens say whose they are, as {@code ann-7}, and are good until they are revoked. */
final class Users implements IdentityProvider {

    private static final Duration LIFE = Duration.ofHours(10);

    private final Set<String> revoked = new HashSet<>();
    private int issued;

    /** A new token. */
    String issue(String uid) {
        return uid + "-" + ++issued;
    }

    void revoke(String token) {
        revoked.add(token);
    }

    @Override
    public Authentication authenticate(String token, @Nullable String deviceId) {
        if (token.isEmpty()) {
            return Authentication.ANONYMOUS;
        }
        String uid = token.substring(0, token.indexOf('-'));
        return revalidate(new Login(uid, "session", token, null, ManualClock.START.plus(LIFE)));
    }

    @Override
    public Authentication revalidate(Login login) {
        return revoked.contains(login.tokenId())
                ? new Authentication.Rejected(Code.TOKEN_REVOKED)
                : new Authentication.Authenticated(login);
    }

    @Override
    public Grants grants(String uid) {
        return Grants.NONE;
    }

    @Override
    public Optional<UserInfo> find(String uid) {
        return Optional.empty();
    }

    @Override
    public Optional<IssuedToken> renewIfDue(Login login) {
        return Optional.empty();
    }

    @Override
    public void revokeAll(String uid, Runnable then) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void revokeSession(String uid, String sessionId, Runnable then) {
        throw new UnsupportedOperationException();
    }
}
