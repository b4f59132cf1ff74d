package dev.cloudobjects.users;

import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.Tokens;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The services that share one account cache: login sessions and identity provider. */
record UserCentreServices(LoginSessionService sessions, UserCentreIdentityProvider identities) {

    static UserCentreServices create(
            AccountStore store,
            Tokens tokens,
            LoginSessionPolicy policy,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<IdentityChanged> listener) {
        AccountCache accounts = new AccountCache(store, nanos, policy.demo());
        LoginSessionService sessions = new LoginSessionService(store, accounts, policy, clock, new SecureRandom());
        return new UserCentreServices(sessions, new UserCentreIdentityProvider(tokens, accounts, sessions, clock, listener));
    }
}
