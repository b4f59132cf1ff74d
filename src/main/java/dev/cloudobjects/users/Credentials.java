package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of usernames, passwords and nicknames, and the check of a password at login. */
final class Credentials {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{3,32}");
    private static final int LONGEST_USERNAME_AT_LOGIN = 64;
    private static final int SHORTEST_PASSWORD = 6;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_NICKNAME = 64;

    private final Passwords passwords;
    private final LoginAttempts attempts;

    Credentials(Passwords passwords, LoginAttempts attempts) {
        this.passwords = passwords;
        this.attempts = attempts;
    }

    /** The username, if it may be registered; throws with code 400, naming the field, otherwise. */
    static String username(@Nullable String username) {
        if (username == null || !USERNAME.matcher(username).matches()) {
            throw malformed("username", "a letter, then 3 to 32 letters, digits or underscores");
        }
        return username;
    }

    /** The password, if it may be registered; throws with code 400, naming the field, otherwise. */
    static String password(@Nullable String password) {
        if (password == null || length(password) < SHORTEST_PASSWORD || length(password) > LONGEST_PASSWORD) {
            throw malformed("password", "6 to 128 characters");
        }
        return password;
    }

    /** The nickname, if it may be registered, or {@code null}; throws with code 400, naming the field, otherwise. */
    static @Nullable String nickname(@Nullable String nickname) {
        if (nickname == null || nickname.isBlank()) {
            return null;
        }
        if (length(nickname) > LONGEST_NICKNAME || nickname.chars().anyMatch(Character::isISOControl)) {
            throw malformed("nickname", "at most 64 characters, none of them a control character");
        }
        return nickname.strip();
    }

    /**
     * The hash of a password that {@link #password} accepted.
     *
     * @param address who it is for, or {@code null}
     */
    String hash(String password, @Nullable String address) {
        return passwords.hash(password, address);
    }

    /** The username of a login, which may be older than today's rule; throws with code 400 when it is none. */
    static String loginName(@Nullable String username) {
        if (username == null || username.isEmpty() || username.length() > LONGEST_USERNAME_AT_LOGIN) {
            throw malformed("username", "1 to 64 characters");
        }
        return username;
    }

    /**
     * Checks a password. An unknown account and a wrong password look the same, in time, too.
     *
     * @param lookup finds the account with the username, if there is one; not asked for where the answer is known without
     * @param address where the attempt comes from; {@code null} counts as an address of its own
     * @return the account
     * @throws CloudObjectException with code 10102 for a wrong password, 10103 when too many were wrong before, 429 when
     *     too many passwords are being checked
     */
    Account check(String username, @Nullable String password, @Nullable String address, Supplier<Optional<Account>> lookup) {
        if (password == null || password.isEmpty() || length(password) > LONGEST_PASSWORD) {
            throw malformed("password", "1 to 128 characters");
        }
        String from = address == null ? "-" : address;
        if (attempts.locked(username, from)) {
            throw locked(username, from);
        }
        passwords.look(from);
        Optional<Account> account = lookup.get();
        boolean right = passwords.matches(password, account.map(Account::passwordHash).orElse(null), from);
        if (!attempts.settle(username, from, right)) {
            throw locked(username, from);
        }
        if (right) {
            passwords.succeeded(from);
        }
        return account.filter(known -> right).orElseThrow(() -> new CloudObjectException(Code.WRONG_PASSWORD));
    }

    private CloudObjectException locked(String username, String from) {
        return new CloudObjectException(Code.TOO_MANY_WRONG_PASSWORDS, attempts.lockedFor(username, from));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static CloudObjectException malformed(String field, String expected) {
        return new CloudObjectException(Code.BAD_REQUEST, field + ": expected " + expected);
    }
}
