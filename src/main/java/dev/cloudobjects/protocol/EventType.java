package dev.cloudobjects.protocol;

/** The kinds of events that the framework itself sends, in VK's names. */
public enum EventType {
    /** An event or a message failed; the connection goes on unless the event says otherwise. */
    ERROR("error"),
    /** The token is missing, expired, revoked or invalid. */
    INVALID_TOKEN("invalidToken"),
    /** The user was logged out by the server. */
    FORCE_LOGOUT("forceLogout");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** The name that travels, for example {@code "forceLogout"}. */
    public String wireName() {
        return wireName;
    }
}
