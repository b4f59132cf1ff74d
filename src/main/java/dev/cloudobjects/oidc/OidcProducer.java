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

/** Produces the identity provider of an external issuer. The issuer need not be reachable at the start. */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@EnabledBy("cloudobjects.oidc")
class OidcProducer {

    /** Before the observers that check the user's connections again. */
    private static final int FIRST = Interceptor.Priority.LIBRARY_BEFORE;

    @Produces
    @Singleton
    @Typed({IdentityProvider.class, ExternalIdentityProvider.class})
    ExternalIdentityProvider users(
            Settings settings,
            ExternalUserStore store,
            AccountStore accounts,
            InstantSource clock,
            Event<IdentityChanged> changes) {
        Issuer issuer = Issuer.of(settings);
        String name = issuer.name().toString();
        IssuerKeys keys = new IssuerKeys(name, new RemoteKeys(issuer), System::nanoTime);
        Log.ISSUER_IN_FORCE.log(name);
        return new ExternalIdentityProvider(
                new ExternalTokenVerifier(issuer, keys, clock),
                store,
                roles -> GrantTable.grants(accounts, roles),
                clock,
                System::nanoTime,
                changes::fire);
    }

    /** Removes a changed user from the cache. */
    void changed(@Observes @Priority(FIRST) IdentityChanged change, ExternalIdentityProvider users) {
        users.forget(change.uid());
    }
}
