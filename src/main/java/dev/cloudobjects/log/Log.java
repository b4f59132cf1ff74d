package dev.cloudobjects.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of log messages, in the logger {@code dev.cloudobjects}. A line starts with its id, such as
 * {@code COBJ1001I}; the letter is the level: I (information), W (warning), E (error) or D (debug). Ranges: 1000 start and
 * stop, 2000 calls and filters, 3000 connections, 4000 storage, 5000 users and security. An id is never reused for
 * another message.
 *
 * <p>Logging never throws; a line that can't be written is lost. Safe for use by many threads.
 */
public enum Log {
    STARTED(1001, Level.INFO, "Cloud Objects is ready: {0} objects at /ws/<path> and /http/router/<path>.<method>"),
    OBJECT_FOUND(1002, Level.INFO, "cloud object {0} is deployed: class {1}"),
    STOPPED(1003, Level.INFO, "Cloud Objects has stopped: {0} connections were closed"),
    TIMEOUT_CHECK_FAILED(1004, Level.SEVERE, "timeout check failed for {0}"),
    WATCH_FAILED(1005, Level.SEVERE, "periodic check of connections and calls failed; the next check runs as usual"),
    DRAINING(1006, Level.INFO, "drain started: {0} connections are closed within {1}, new connections are refused"),
    STOP_UNHEARD(1007, Level.WARNING, "this version of Open Liberty does not report the start of server stop ({0}): server stop may take 30 s while clients are connected; call sys/server.drain before it, or send SIGTERM"),

    CALL_REFUSED(2001, Level.INFO, "{0} {1} refused with {2} by filter {3}: {4} (user {5}, request {6})"),
    CALL_FAILED(2002, Level.WARNING, "{0} {1} failed (user {2}, request {3})"),
    CALL_TIMED_OUT(2003, Level.WARNING, "{0} {1} exceeded the time limit of {2} and was interrupted (user {3}, request {4})"),
    CALL_ABANDONED(2004, Level.SEVERE, "{0} {1} ignores the interrupt; connection {2} is closed before the call ends (request {3})"),
    ERROR_EVENT_FAILED(2005, Level.WARNING, "onWebsocketError of {0} failed (connection {1}, request {2})"),
    PERMISSION_UNUSABLE(2006, Level.WARNING, "permission with url {0} is invalid and grants nothing: {1}"),
    REQUEST_FAILED(2007, Level.SEVERE, "{0} {1} failed with an internal error (request {2})"),
    HANDLING_FAILED(2008, Level.SEVERE, "message or event of a connection could not be processed"),
    FILTER_FAILED(2009, Level.WARNING, "filter {0} failed in its callback for the refusal of {1} (request {2})"),
    REQUEST_REFUSED(2010, Level.INFO, "{0} {1} refused with {2}: {3} (request {4})"),
    CALL_ANSWERED(2011, Level.INFO, "{0} {1} failed with {2}: {3} (user {4}, request {5})"),
    HANDLERS_BUSY(2012, Level.SEVERE, "all {0} handler threads are busy: events of {1} connections wait"),
    REQUEST_BROKEN_OFF(2013, Level.FINE, "{0} {1} was aborted: {2} (request {3})"),
    LINES_LEFT_OUT(2014, Level.INFO, "{0} further lines that {1} caused within one minute were suppressed: {2}"),
    PRESENCE_OBSERVER_FAILED(2015, Level.WARNING, "an observer of the changes of {0} failed: {1}"),
    PRESENCE_DROPPED(2016, Level.WARNING, "{0} changes of {1} were not fired: too many wait for the observers of the application"),
    PRESENCE_DELAYED(2017, Level.WARNING, "changes of {0} could not be published; this is retried until it succeeds: {1}"),
    PRESENCE_UNTOLD(2018, Level.WARNING, "{0} connections that watch {1} are closed, because changes could not be sent to them: {2}"),
    PRESENCE_UNFIRED(2019, Level.WARNING, "{0} changes of {1} were not fired for the observers of the application: {2}"),

    CONNECTION_SLOW(3001, Level.INFO, "slow connection {0} on {1} is closed: {2}"),
    CLOSES_OUTSTANDING(3002, Level.SEVERE, "{0} sockets have not completed a close or a ping yet; further closes and pings wait"),
    CONNECTION_FAULT(3003, Level.FINE, "connection {0} on {1} ended with an error: {2}"),
    HANDSHAKE_REFUSED(3004, Level.INFO, "WebSocket handshake for {0} refused with {1}: {2} (request {3})"),
    LOGIN_UNCHECKED(3005, Level.WARNING, "login check of connection {0} on {1} failed: {2}"),
    LOGINS_UNCHECKED(3009, Level.WARNING, "login check of {0} connected users failed and is retried until it succeeds: {1}"),
    RENEWAL_REFUSED(3010, Level.INFO, "login renewal of connection {0} on {1} was refused, the old login stays: {2} {3} (user {4}, request {5})"),
    CONNECTION_EXCEEDED(3020, Level.INFO, "connection {0} on {1} exceeded a limit and is closed: {2}"),
    LIMITED(3021, Level.FINE, "{0} {1} refused with {2}: {3} (request {4})"),
    SOCKET_LEFT_OPEN(3023, Level.SEVERE, "this version of the server can't be notified of the end of a connection; set cloudobjects.transport to another value"),
    SOCKET_OUT_OF_REACH(3024, Level.WARNING, "{0}=servlet does not work on this server ({1}): the server's own WebSocket implementation is used, which is slower; set {0}=websocket to suppress this warning"),
    LOOP_FAILED(3025, Level.SEVERE, "reading or writing a socket failed; other sockets are not affected"),
    SOCKETS_UNTESTED(3026, Level.INFO, "the server could not connect to itself at {0} to test the transport: the server's own WebSocket implementation is used until a handshake shows the address"),
    ENCRYPTION_FAILED(3030, Level.INFO, "connection {0} on {1} is closed because its encrypted channel failed: {2}"),

    DATABASE_EMBEDDED(4001, Level.INFO, "embedded database in {0}; for production set {1}"),
    DATABASE_EXTERNAL(4002, Level.INFO, "database {0} at {1}"),
    DATABASE_FAILED(4003, Level.SEVERE, "the database can't be reached or opened: {0}"),
    DIRECTORY_BEHIND(4004, Level.WARNING, "{0} changes of the connection table are not written yet: {1}"),
    LEFTOVERS_REMOVED(4005, Level.INFO, "{0} rows of connections from an earlier start were removed"),
    DATABASE_UNOPENED(4006, Level.SEVERE, "the embedded database in {0} can't be opened: {1}; {2}"),
    DATA_INCOMPLETE(4007, Level.SEVERE, "start refused: {0}"),
    DATABASE_STOPPED(4008, Level.SEVERE, "the embedded database can't be written and refuses changes; the write is retried every second: {0}"),
    DATABASE_RESUMED(4009, Level.INFO, "the embedded database accepts changes again after {0} s"),

    KEY_GENERATED(5001, Level.INFO, "new key generated in {0}"),
    ADMIN_GRANTED(5002, Level.WARNING, "user {0} was granted the role admin by the setting {1}; remove this setting"),
    ADMIN_NOT_GRANTED(5003, Level.WARNING, "setting {0} names user {1}, who does not exist: register this user, then restart"),
    LOGIN_LOCKED(5004, Level.WARNING, "logins of account {0} from {1} are refused for {2}: too many wrong passwords"),
    KEY_READABLE(5005, Level.WARNING, "other users of this machine can read or change {0}; to fix this, run: chmod {1} {0}"),
    DEMO_ACCOUNT_CREATED(5010, Level.WARNING, "account {0} was created with a publicly known password, because {1} is true"),
    DEMO_ACCOUNT_TAKEN(5011, Level.INFO, "account {0} was not created by the demo and stays unchanged"),
    DEMO_ACCOUNT_REFUSED(5012, Level.INFO, "account {0} was created by the demo and can't be used while {1} is false"),
    ACCOUNTS_UNPREPARED(5013, Level.WARNING, "the accounts named in the settings could not be prepared; this is retried until it succeeds: {0}"),
    ADDRESS_LOCKED(5020, Level.WARNING, "logins from {0} are refused for {1}: too many wrong passwords"),
    ISSUER_KEYS_READ(5021, Level.INFO, "keys of issuer {0}: {1}"),
    ISSUER_AWAY(5022, Level.WARNING, "keys of issuer {0} can't be read; tokens with unknown keys are answered with 503 until they can: {1}"),
    ISSUER_IN_FORCE(5023, Level.INFO, "users come from issuer {0}: register, login and renew of the user centre are disabled"),
    KEYS_READY(5030, Level.INFO, "tickets are signed with key {0}; public keys of the encrypted channel: {1}");

    private static final Logger LOGGER = Loggers.named("dev.cloudobjects");
    private static final Object[] NO_ARGUMENTS = {};

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

    /** The message pattern: the id, then the text with {@code {0}} and so on for the arguments. */
    public String text() {
        return text;
    }

    /** Whether the level of this message is enabled. */
    public boolean on() {
        return LOGGER.isLoggable(level);
    }

    /** Writes the message. Arguments are sanitized: control characters become {@code ?}, and long texts are cut. */
    public void log(@Nullable Object... arguments) {
        write(null, arguments);
    }

    /** Writes the message with its cause. The call itself allocates nothing, so it can report an out-of-memory error. */
    public void log(Throwable cause) {
        write(cause, NO_ARGUMENTS);
    }

    /** Writes the message with its cause. */
    public void log(Throwable cause, @Nullable Object... arguments) {
        write(cause, arguments);
    }

    /**
     * Writes a message that a client caused. Above the limit of {@link LineLimit} the message is only counted.
     *
     * @param address the client's address; {@code null} without a client, which is not limited
     */
    public void logFrom(@Nullable String address, @Nullable Object... arguments) {
        if (admits(address, 1)) {
            write(null, arguments);
        }
    }

    /** As {@link #logFrom(String, Object...)}, with a cause. */
    public void logFrom(@Nullable String address, Throwable cause, @Nullable Object... arguments) {
        if (admits(address, LineLimit.COST_OF_TRACE)) {
            write(cause, arguments);
        }
    }

    private boolean admits(@Nullable String address, int cost) {
        return on() && LineLimit.active().admits(address, false, id, cost);
    }

    /** Never throws: callers handle another failure, or run a loop that must not end. */
    private void write(@Nullable Throwable cause, @Nullable Object... arguments) {
        try {
            if (on()) {
                LOGGER.log(line(cause, arguments));
            }
        } catch (RuntimeException | Error e) {
            // The line can't be written, for example because memory is exhausted or the disk is full.
        }
    }

    private LogRecord line(@Nullable Throwable cause, @Nullable Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = LogSanitizer.text(arguments[i]);
        }
        // MessageFormat reads a single quote as the start of a literal.
        LogRecord line = new LogRecord(level, text.replace("'", "''"));
        line.setParameters(safe);
        line.setThrown(cause == null ? null : LogSanitizer.thrown(cause));
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
