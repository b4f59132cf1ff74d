package dev.cloudobjects.users;

import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.Tokens;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the user centre and its identities share: one cache and one book of sessions. */
record Parts(SessionBook sessions, Identities identities) {

    static Parts over(
            AccountStore store,
            Tokens tokens,
            SessionPolicy policy,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<IdentityChanged> listener) {
        AccountCache accounts = new AccountCache(store, nanos, policy.demo());
        SessionBook sessions = new SessionBook(store, accounts, policy, clock, new SecureRandom());
        return new Parts(sessions, new Identities(tokens, accounts, sessions, clock, listener));
    }
}
