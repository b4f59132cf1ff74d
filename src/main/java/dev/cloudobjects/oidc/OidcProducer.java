package dev.cloudobjects.oidc;

import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.GrantTable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.InstantSource;

/** Puts the users of an outside issuer in the place of the user centre's own. The issuer need not be there at the start. */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@EnabledBy("cloudobjects.oidc")
class OidcProducer {

    /** Ahead of those who look at the user's connections again. */
    private static final int FIRST = Interceptor.Priority.LIBRARY_BEFORE;

    @Produces
    @Singleton
    @Typed({IdentityProvider.class, OutsideUsers.class})
    OutsideUsers users(
            Settings settings,
            OutsideStore store,
            AccountStore accounts,
            InstantSource clock,
            Event<IdentityChanged> changes) {
        Issuer issuer = Issuer.of(settings);
        String name = issuer.name().toString();
        IssuerKeys keys = new IssuerKeys(name, new RemoteKeys(issuer), System::nanoTime);
        Log.ISSUER_IN_FORCE.log(name);
        return new OutsideUsers(
                new OutsideTokens(issuer, keys, clock),
                store,
                roles -> GrantTable.grants(accounts, roles),
                clock,
                System::nanoTime,
                changes::fire);
    }

    /** An administrator changed an account: what was read of it before no longer counts. */
    void changed(@Observes @Priority(FIRST) IdentityChanged change, OutsideUsers users) {
        users.forget(change.uid());
    }
}
