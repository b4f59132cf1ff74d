package dev.cloudobjects.users;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.security.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** Produces the beans of the user centre. */
@ApplicationScoped
class UsersProducer {

    /** For a password check. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Produces
    @Singleton
    UserCentreServices parts(AccountStore store, Keyring keyring, Event<IdentityChanged> changes) {
        return UserCentreServices.create(
                store,
                new Tokens(keyring.secret("token"), clock),
                LoginSessionPolicy.of(settings),
                clock,
                System::nanoTime,
                changes::fire);
    }

    @Produces
    @Singleton
    FairPool passwordPool(Meters meters) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new FairPool(
                Math.max(1, processors / 2),
                settings.get(Keys.LOGIN_MAX_WAITING),
                LONGEST_WAIT,
                new Precedence(System::nanoTime),
                () -> meters.count(Meter.LOGINS_CROWDED_OUT));
    }

    void closePasswordPool(@Disposes FairPool pool) {
        pool.close();
    }

    @Produces
    @Singleton
    UserCentre userCentre(UserCentreServices parts, AccountStore store, FairPool pool, Meters meters) {
        Passwords passwords = new Passwords(Passwords.Cost.DEFAULT, pool, new SecureRandom());
        // Behind a proxy that is not configured, all clients have the proxy's address.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        LoginAttemptLimiter.Rule rule = new LoginAttemptLimiter.Rule(
                settings.get(Keys.LOGIN_MAX_ATTEMPTS),
                addressesKnown ? settings.get(Keys.LOGIN_MAX_ATTEMPTS_PER_ADDRESS) : 0,
                settings.get(Keys.LOGIN_LOCK));
        LoginAttemptLimiter attempts = new LoginAttemptLimiter(rule, System::nanoTime, () -> meters.count(Meter.LOGINS_LOCKED));
        RegistrationLimiter registrations = new RegistrationLimiter(
                addressesKnown ? Rate.perHour(settings.get(Keys.REGISTER_MAX_PER_ADDRESS)) : Rate.UNLIMITED,
                System::nanoTime,
                () -> meters.count(Meter.REGISTRATIONS_OVER_RATE));
        return new UserCentre(
                store,
                new Credentials(passwords, attempts),
                registrations,
                parts.sessions(),
                parts.identities(),
                clock);
    }

    @Produces
    @Singleton
    IdentityProvider identityProvider(UserCentreServices parts) {
        return parts.identities();
    }
}
