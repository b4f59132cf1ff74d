package dev.cloudobjects.users;

import dev.cloudobjects.config.Settings;

/** The user centre for tests of other packages. */
public final class TestCentre {

    private TestCentre() {}

    /** The accounts that these settings speak of, prepared over a store. */
    public static ConfiguredAccounts startAccounts(Settings settings, AccountStore store) {
        return new ConfiguredAccounts(settings, new Centre(store).users);
    }
}
