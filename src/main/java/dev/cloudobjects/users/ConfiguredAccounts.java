package dev.cloudobjects.users;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Prepares the accounts that the settings name: the demo accounts while the demo is on, and the first administrator, who
 * has registered before.
 */
@UnproxiedSingleton
public class ConfiguredAccounts {

    /** Public: the page of the specification shows it. */
    static final String DEMO_PASSWORD = "123456";

    private static final List<Demo> DEMO = List.of(new Demo("test1", "Ann"), new Demo("test2", "Ben"));

    private record Demo(String username, String nickname) {}

    private final Settings settings;
    private final UserCentre users;

    @Inject
    ConfiguredAccounts(Settings settings, UserCentre users) {
        this.settings = settings;
        this.users = users;
    }

    /** Creates missing accounts and grants the role. Never changes the password of an existing account. */
    public void prepare() {
        // With an external issuer nobody logs in with a password.
        boolean demo = settings.get(Keys.DEMO) && !settings.get(Keys.OIDC);
        for (Demo account : DEMO) {
            if (demo) {
                create(account);
            } else if (users.isOfDemo(account.username())) {
                Log.DEMO_ACCOUNT_REFUSED.log(account.username(), Keys.DEMO.name());
            }
        }
        String administrator = settings.get(Keys.ADMIN_GRANT);
        if (!administrator.isEmpty()) {
            users.grantAdmin(administrator, Keys.ADMIN_GRANT.name());
        }
    }

    private void create(Demo account) {
        if (users.createForDemo(account.username(), DEMO_PASSWORD, account.nickname())) {
            Log.DEMO_ACCOUNT_CREATED.log(account.username(), Keys.DEMO.name());
        } else if (!users.isOfDemo(account.username())) {
            Log.DEMO_ACCOUNT_TAKEN.log(account.username());
        }
    }
}
