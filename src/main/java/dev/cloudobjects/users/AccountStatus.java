package dev.cloudobjects.users;

import dev.cloudobjects.api.Code;
import java.util.Optional;

/** The status of an account: the field {@code status}, with the numbers of uni-id. */
public enum AccountStatus {
    NORMAL(0),
    DISABLED(1),
    /** The account waits for approval. */
    IN_REVIEW(2),
    /** The approval was denied. */
    REJECTED(3),
    /** The user has closed the account. */
    CLOSED(4);

    private final int value;

    AccountStatus(int value) {
        this.value = value;
    }

    /** The number in the row. */
    public int value() {
        return value;
    }

    /** The status with a number; {@link #DISABLED} for an unknown number. */
    public static AccountStatus of(int value) {
        for (AccountStatus status : values()) {
            if (status.value == value) {
                return status;
            }
        }
        return DISABLED;
    }

    /** The error code for logins to an account with this status; empty if logins are allowed. */
    public Optional<Code> denialCode() {
        return switch (this) {
            case NORMAL -> Optional.empty();
            case DISABLED, IN_REVIEW, REJECTED -> Optional.of(Code.ACCOUNT_DISABLED);
            case CLOSED -> Optional.of(Code.ACCOUNT_CLOSED);
        };
    }
}
