package dev.cloudobjects.users;

import dev.cloudobjects.api.Code;
import java.util.Optional;

/** Whether an account may be used: {@code status} of its row, as uni-id numbers it. */
public enum AccountStatus {
    NORMAL(0),
    DISABLED(1),
    /** Waits for an approval. */
    IN_REVIEW(2),
    /** The approval was denied. */
    REJECTED(3),
    /** Closed by its user. */
    CLOSED(4);

    private final int value;

    AccountStatus(int value) {
        this.value = value;
    }

    /** The number in the row. */
    public int value() {
        return value;
    }

    /** The status that a number stands for; {@link #DISABLED} for an unknown one, to be on the safe side. */
    public static AccountStatus of(int value) {
        for (AccountStatus status : values()) {
            if (status.value == value) {
                return status;
            }
        }
        return DISABLED;
    }

    /** Why the account can't be used; empty when it can. */
    public Optional<Code> obstacle() {
        return switch (this) {
            case NORMAL -> Optional.empty();
            case DISABLED, IN_REVIEW, REJECTED -> Optional.of(Code.ACCOUNT_DISABLED);
            case CLOSED -> Optional.of(Code.ACCOUNT_CLOSED);
        };
    }
}
