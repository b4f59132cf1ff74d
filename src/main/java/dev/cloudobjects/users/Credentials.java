package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates usernames, passwords and nicknames, and checks the password of a login. Safe for use by many threads. */
final class Credentials {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{3,32}");
    private static final int LONGEST_USERNAME_AT_LOGIN = 64;
    private static final int SHORTEST_PASSWORD = 6;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_NICKNAME = 64;

    private final Passwords passwords;
    private final LoginAttemptLimiter attempts;

    Credentials(Passwords passwords, LoginAttemptLimiter attempts) {
        this.passwords = passwords;
        this.attempts = attempts;
    }

    /** Validates the username of a registration. @throws CloudObjectException with code 400, naming the field */
    static String username(@Nullable String username) {
        if (username == null || !USERNAME.matcher(username).matches()) {
            throw malformed("username", "a letter, then 3 to 32 letters, digits or underscores");
        }
        return username;
    }

    /** Validates the password of a registration. @throws CloudObjectException with code 400, naming the field */
    static String password(@Nullable String password) {
        if (password == null || length(password) < SHORTEST_PASSWORD || length(password) > LONGEST_PASSWORD) {
            throw malformed("password", "6 to 128 characters");
        }
        return password;
    }

    /** Validates the optional nickname of a registration. @throws CloudObjectException with code 400, naming the field */
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
     * Hashes a password that {@link #password} has accepted.
     *
     * @param address the client's address; {@code null} without a client
     */
    String hash(String password, @Nullable String address) {
        return passwords.hash(password, address);
    }

    /** Validates the username of a login, which may not follow the rule for registrations. @throws CloudObjectException with code 400 */
    static String loginName(@Nullable String username) {
        if (username == null || username.isEmpty() || username.length() > LONGEST_USERNAME_AT_LOGIN) {
            throw malformed("username", "1 to 64 characters");
        }
        return username;
    }

    /**
     * Checks a password. An unknown username and a wrong password give the same result after the same time.
     *
     * @param lookup finds the account with the username; not called while logins are locked
     * @param address the client's address; {@code null} counts as one address
     * @return the account
     * @throws CloudObjectException with code 10102 for a wrong password, 10103 after too many wrong passwords, 429 if too
     *     many passwords wait to be checked
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
