package dev.cloudobjects.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every message that the server logs. A line reads {@code COBJ1001I: …}; the letter is I (information), W (warning),
 * E (error) or D (debugging). Ranges: 1000 start and stop, 2000 calls and filters, 3000 connections, 4000 storage,
 * 5000 users and security. An id is never given to another message.
 *
 * <p>To log never fails: a line that can't be written is lost.
 */
public enum Log {
    STARTED(1001, Level.INFO, "Cloud Objects is ready: {0} objects at /ws/<path> and /http/router/<path>.<method>"),
    OBJECT_FOUND(1002, Level.INFO, "cloud object {0} is {1}"),
    STOPPED(1003, Level.INFO, "Cloud Objects has stopped: {0} connections were ended"),
    TIMEOUT_CHECK_FAILED(1004, Level.SEVERE, "timeout check failed for {0}"),
    WATCH_FAILED(1005, Level.SEVERE, "looking after connections and calls failed; it goes on"),
    DRAINING(1006, Level.INFO, "the server is stopping: {0} connections are closed over {1}, no new one is accepted"),
    STOP_UNHEARD(1007, Level.WARNING, "this version of the server does not tell that it begins to stop ({0}): while clients are connected, server stop may take 30 s; call sys/server.drain first, or send SIGTERM"),

    CALL_REFUSED(2001, Level.INFO, "{0} {1} refused with {2} by filter {3}: {4} (user {5}, request {6})"),
    CALL_FAILED(2002, Level.WARNING, "{0} {1} failed (user {2}, request {3})"),
    CALL_TIMED_OUT(2003, Level.WARNING, "{0} {1} ran for more than {2} and was interrupted (user {3}, request {4})"),
    CALL_ABANDONED(2004, Level.SEVERE, "{0} {1} ignores its interrupt; its connection {2} is closed without it (request {3})"),
    ERROR_EVENT_FAILED(2005, Level.WARNING, "onWebsocketError of {0} failed itself (connection {1}, request {2})"),
    PERMISSION_UNUSABLE(2006, Level.WARNING, "the permission with url {0} opens nothing: {1}"),
    REQUEST_FAILED(2007, Level.SEVERE, "{0} {1} failed inside the server (request {2})"),
    HANDLING_FAILED(2008, Level.SEVERE, "what a connection brought could not be handled"),
    FILTER_FAILED(2009, Level.WARNING, "filter {0} failed on hearing that {1} was refused (request {2})"),
    REQUEST_REFUSED(2010, Level.INFO, "{0} {1} refused with {2}: {3} (request {4})"),
    CALL_ANSWERED(2011, Level.INFO, "{0} {1} failed with {2}: {3} (user {4}, request {5})"),
    HANDLERS_BUSY(2012, Level.SEVERE, "all {0} threads of handlers are busy and there are no more: the events of {1} connections wait"),
    REQUEST_BROKEN_OFF(2013, Level.FINE, "{0} {1} broke off: {2} (request {3})"),
    LINES_LEFT_OUT(2014, Level.INFO, "{0} more lines that {1} caused within a minute were left out: {2}"),

    CONNECTION_SLOW(3001, Level.INFO, "connection {0} on {1} is closed: {2}"),
    CLOSES_OUTSTANDING(3002, Level.SEVERE, "{0} sockets are being closed or pinged and have not answered yet; further ones wait for them"),
    CONNECTION_FAULT(3003, Level.FINE, "connection {0} on {1} ended by a fault: {2}"),
    HANDSHAKE_REFUSED(3004, Level.INFO, "WebSocket handshake for {0} refused with {1}: {2} (request {3})"),
    LOGIN_UNCHECKED(3005, Level.WARNING, "the login of connection {0} on {1} could not be checked again: {2}"),
    LOGINS_UNCHECKED(3009, Level.WARNING, "the logins of {0} users who are connected could not be looked at again; it is tried until it works: {1}"),
    RENEWAL_REFUSED(3010, Level.INFO, "connection {0} on {1} keeps its login: {2} {3} (user {4}, request {5})"),
    CONNECTION_EXCEEDED(3020, Level.INFO, "connection {0} on {1} went beyond a limit and is closed: {2}"),
    LIMITED(3021, Level.FINE, "{0} {1} refused with {2}: {3} (request {4})"),
    SOCKET_LEFT_OPEN(3023, Level.SEVERE, "this version of the server can't be told that a connection is over; use another cloudobjects.transport"),
    SOCKET_OUT_OF_REACH(3024, Level.WARNING, "{0} can't be servlet on this server, whose sockets can't be served ({1}): from now on its own WebSocket is used, which is slower; to end this message set {0}=websocket"),
    LOOP_FAILED(3025, Level.SEVERE, "reading or writing a socket failed; the others go on"),
    SOCKETS_UNTESTED(3026, Level.INFO, "the server can't reach itself at {0} to test its sockets: its own WebSocket is used until the first handshake has told how to"),
    ENCRYPTION_FAILED(3030, Level.INFO, "connection {0} on {1} is closed: its encrypted channel failed on {2}"),

    DATABASE_EMBEDDED(4001, Level.INFO, "embedded database at {0}; for production set {1}"),
    DATABASE_EXTERNAL(4002, Level.INFO, "database {0} at {1}"),
    DATABASE_FAILED(4003, Level.SEVERE, "the database can't be reached or opened: {0}"),
    DIRECTORY_BEHIND(4004, Level.WARNING, "the table of connections is {0} changes behind: {1}"),
    LEFTOVERS_REMOVED(4005, Level.INFO, "{0} rows of connections from an earlier start were removed"),
    DATABASE_UNOPENED(4006, Level.SEVERE, "the embedded database in {0} can't be opened: {1}; {2}"),
    DATA_INCOMPLETE(4007, Level.SEVERE, "the start is refused: {0}"),
    DATABASE_STOPPED(4008, Level.SEVERE, "the embedded database can't be written, and refuses changes until it can, which is tried each second: {0}"),
    DATABASE_RESUMED(4009, Level.INFO, "the embedded database takes changes again, after {0} s"),

    KEY_GENERATED(5001, Level.INFO, "a new key was generated at {0}"),
    ADMIN_GRANTED(5002, Level.WARNING, "user {0} now has the role admin, because {1} says so; remove that setting"),
    ADMIN_NOT_GRANTED(5003, Level.WARNING, "{0} names {1}, but there is no such user: register it, then start again"),
    LOGIN_LOCKED(5004, Level.WARNING, "logins of account {0} from {1} are refused for {2}: too many wrong passwords"),
    KEY_READABLE(5005, Level.WARNING, "others can read or change {0}; to end that: chmod {1} {0}"),
    DEMO_ACCOUNT_CREATED(5010, Level.WARNING, "account {0} was created with a password that everyone knows, because {1} is true"),
    DEMO_ACCOUNT_TAKEN(5011, Level.INFO, "account {0} is somebody's own and not the demo's: it is left as it is"),
    DEMO_ACCOUNT_REFUSED(5012, Level.INFO, "account {0} was made by the demo: while {1} is false, it can't be used"),
    ACCOUNTS_UNPREPARED(5013, Level.WARNING, "the accounts that the settings speak of could not be prepared; it is tried until it works: {0}"),
    ADDRESS_LOCKED(5020, Level.WARNING, "logins from {0} are refused for {1}: too many wrong passwords"),
    ISSUER_KEYS_READ(5021, Level.INFO, "the keys of issuer {0} are {1}"),
    ISSUER_AWAY(5022, Level.WARNING, "the keys of issuer {0} can't be read; unknown ones are answered with 503 until they can: {1}"),
    ISSUER_IN_FORCE(5023, Level.INFO, "users are those of issuer {0}: register and login of the user centre are switched off"),
    KEYS_READY(5030, Level.INFO, "tickets are signed with key {0}; the public keys of the encrypted channel: {1}");

    private static final Logger LOGGER = Loggers.named("dev.cloudobjects");
    private static final Object[] NOTHING = {};

    private final String id;
    private final Level level;
    private final String text;

    Log(int number, Level level, String text) {
        this.id = "COBJ" + number + letter(level);
        this.level = level;
        this.text = id + ": " + text;
    }

    /** The id, for example {@code COBJ1001I}. */
    public String id() {
        return id;
    }

    /** What the message says, with its id in front and {@code {0}} for its arguments. */
    public String text() {
        return text;
    }

    /** Whether the message would be written. */
    public boolean on() {
        return LOGGER.isLoggable(level);
    }

    /** Writes the message. What is no visible character in an argument is shown as {@code ?}, and long ones are cut. */
    public void log(@Nullable Object... arguments) {
        write(null, arguments);
    }

    /** Writes the message with what caused it, and takes no memory to be called. */
    public void log(Throwable cause) {
        write(cause, NOTHING);
    }

    /** Writes the message with what caused it. */
    public void log(Throwable cause, @Nullable Object... arguments) {
        write(cause, arguments);
    }

    /**
     * Writes the message that a client caused, unless he has caused too many of late: then it is counted, see
     * {@link LineLimit}.
     *
     * @param address the client's address; {@code null} for the server by itself
     */
    public void logFrom(@Nullable String address, @Nullable Object... arguments) {
        if (admits(address, 1)) {
            write(null, arguments);
        }
    }

    /** The same with what caused it. */
    public void logFrom(@Nullable String address, Throwable cause, @Nullable Object... arguments) {
        if (admits(address, LineLimit.COST_OF_TRACE)) {
            write(cause, arguments);
        }
    }

    private boolean admits(@Nullable String address, int cost) {
        return on() && LineLimit.inForce().admits(address, false, id, cost);
    }

    /** Never throws: it is called where something has failed already, and by threads that must go on. */
    private void write(@Nullable Throwable cause, @Nullable Object... arguments) {
        try {
            if (on()) {
                LOGGER.log(line(cause, arguments));
            }
        } catch (RuntimeException | Error e) {
            // Not even a line can be written, as without memory or with a full disk.
        }
    }

    private LogRecord line(@Nullable Throwable cause, @Nullable Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = Harmless.text(arguments[i]);
        }
        // MessageFormat takes a single quote for the start of a literal.
        LogRecord line = new LogRecord(level, text.replace("'", "''"));
        line.setParameters(safe);
        line.setThrown(cause == null ? null : Harmless.thrown(cause));
        line.setLoggerName(LOGGER.getName());
        return line;
    }

    private static char letter(Level level) {
        if (level.equals(Level.SEVERE)) {
            return 'E';
        }
        if (level.equals(Level.WARNING)) {
            return 'W';
        }
        return level.equals(Level.INFO) ? 'I' : 'D';
    }
}
