package dev.cloudobjects.users;

import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Tokens;
import dev.cloudobjects.time.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.spec.SecretKeySpec;

/** A user centre with cheap hashes and a clock that stands still, for tests. */
public final class Centre implements InstantSource {

    static final int REGISTRATIONS = 20;
    static final String PASSWORD = "correct horse";
    static final LoginSessionPolicy POLICY = new LoginSessionPolicy(Duration.ofHours(2), Duration.ofMinutes(20), 3, false);

    final ManualClock clock;
    final List<String> changes = new CopyOnWriteArrayList<>();
    public final AccountStore store;
    final UserCentreIdentityProvider identities;
    public final UserCentre users;

    public Centre(AccountStore store) {
        this(store, POLICY);
    }

    Centre(AccountStore store, LoginSessionPolicy policy) {
        this(store, policy, new ManualClock());
    }

    Centre(AccountStore store, LoginSessionPolicy policy, ManualClock clock) {
        this.store = store;
        this.clock = clock;
        Tokens tokens = new Tokens(new SecretKeySpec(new byte[32], "HmacSHA256"), this);
        UserCentreServices parts = UserCentreServices.create(store, tokens, policy, this, clock::nanos, (IdentityChanged change) -> changes.add(change.uid()));
        this.identities = parts.identities();
        Passwords passwords = new Passwords(
                new Passwords.Cost(64, 1), new FairPool(2, 100, Duration.ofSeconds(3), new Precedence(clock::nanos), () -> {}), new SecureRandom());
        Credentials credentials = new Credentials(passwords, new LoginAttemptLimiter(new LoginAttemptLimiter.Rule(6, 0, Duration.ofHours(1)), clock::nanos, () -> {}));
        this.users = new UserCentre(store, credentials, new RegistrationLimiter(Rate.perHour(REGISTRATIONS), clock::nanos, () -> {}), parts.sessions(), identities, this);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    void pass(Duration duration) {
        clock.advance(duration);
    }

    public String register(String username) {
        return users.register(username, PASSWORD, null, null, null).user().id();
    }

    String token(String username) {
        return users.login(username, PASSWORD, null, "10.0.0.1").token().token();
    }

    /** As the object for it does. */
    void logout(String token) {
        if (identities.authenticate(token, null) instanceof Authentication.Authenticated known) {
            identities.revokeSession(known.login().uid(), known.login().sessionId());
        }
    }

    Login accepted(String token) {
        Authentication outcome = identities.authenticate(token, null);
        if (outcome instanceof Authentication.Authenticated good) {
            return good.login();
        }
        throw new AssertionError("refused: " + outcome);
    }
}
