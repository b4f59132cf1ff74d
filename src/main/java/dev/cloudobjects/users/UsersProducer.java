package dev.cloudobjects.users;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.security.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Puts the user centre together. */
@ApplicationScoped
class UsersProducer {

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Produces
    @Singleton
    Parts parts(AccountStore store, Keyring keyring, Event<IdentityChanged> changes) {
        return Parts.over(
                store,
                new Tokens(keyring.secret("token"), clock),
                SessionPolicy.of(settings),
                clock,
                changes::fire);
    }

    @Produces
    @Singleton
    UserCentre userCentre(Parts parts, AccountStore store, Meters meters) {
        int processors = Runtime.getRuntime().availableProcessors();
        Passwords passwords = new Passwords(
                Passwords.Cost.DEFAULT,
                new Passwords.Crowd(Math.max(1, processors / 2), settings.get(Keys.LOGIN_MAX_WAITING)),
                new SecureRandom(),
                () -> meters.count(Meter.LOGINS_CROWDED_OUT));
        // Behind a proxy that nobody named, all addresses are that proxy's.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        LoginAttempts.Rule rule = new LoginAttempts.Rule(
                settings.get(Keys.LOGIN_MAX_ATTEMPTS),
                addressesKnown ? settings.get(Keys.LOGIN_MAX_ATTEMPTS_PER_ADDRESS) : 0,
                settings.get(Keys.LOGIN_LOCK));
        LoginAttempts attempts = new LoginAttempts(rule, clock, () -> meters.count(Meter.LOGINS_LOCKED));
        return new UserCentre(
                store, new Credentials(passwords, attempts), parts.sessions(), parts.identities(), clock);
    }

    @Produces
    @Singleton
    IdentityProvider identityProvider(Parts parts) {
        return parts.identities();
    }
}
