package dev.cloudobjects.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** All settings. */
public final class Keys {

    private static final List<Key<?>> ALL = new ArrayList<>();

    // Storage
    public static final Key<Path> DATA_DIR = path(
            "cloudobjects.data.dir",
            "~/.cloud-objects",
            "Folder of the embedded database and of the generated keys. It is created with access for its owner only.");
    public static final Key<String> MONGODB_URI = text(
            "cloudobjects.mongodb.uri",
            "",
            "URI of a MongoDB that is used instead of the embedded database: mongodb://… or mongodb+srv://…, with credentials and TLS options.");
    public static final Key<String> MONGODB_DATABASE = text(
            "cloudobjects.mongodb.database", "cloudobjects", "Name of the database in MongoDB.");

    // Cloud objects
    public static final Key<Boolean> DEMO =
flag(
            "cloudobjects.demo",
            "false",
            "Whether the demo is deployed: its objects, and the accounts test1 and test2, whose password is public. While it is false, these accounts can't be used.");
    public static final Key<Boolean> BENCH =
            flag("cloudobjects.bench", "false", "Whether the benchmark objects, bench/…, are deployed. They need no login.");
    public static final Key<Duration> HANDLER_TIMEOUT = duration(
            "cloudobjects.handler.timeout",
            "PT30S",
            "Time limit of a method or an event handler; its thread is interrupted after that.");

    // HTTP and the handshake
    public static final Key<List<String>> ORIGINS = origins(
            "cloudobjects.origins",
            "",
            "Origins of web pages, besides the server's own, that may use WebSocket and HTTP.");
    public static final Key<List<String>> TRUSTED_PROXIES = list(
            "cloudobjects.proxies",
            "",
            "Addresses or networks (CIDR) of trusted reverse proxies: their headers X-Forwarded-For, -Proto and -Host are used.");
    public static final Key<String> PUBLIC_URL = address(
            "cloudobjects.public-url",
            "",
            "Address of the application as clients see it, with its path; without it, the address of each request is used.");
    public static final Key<Integer> HTTP_MAX_BODY =
            bytes("cloudobjects.http.max-body", "1048576", "Maximum size of the body of an HTTP call, in bytes.");
    public static final Key<Duration> HTTP_BODY_TIMEOUT = duration(
            "cloudobjects.http.body-timeout",
            "PT10S",
            "Time limit for receiving the body of an HTTP call. A body of which fewer than 256 bytes arrive in half of that time is aborted earlier.");
    public static final Key<Integer> HTTP_MAX_BODIES = limit(
            "cloudobjects.http.max-bodies",
            "1000",
            "Maximum number of HTTP bodies that are received at once; one more aborts the oldest with 503.");
    public static final Key<Integer> HTTP_MAX_BODIES_PER_ADDRESS = limit(
            "cloudobjects.http.max-bodies-per-address",
            "50",
            "The same per address; one more aborts the oldest with 429. Applies only if cloudobjects.proxies is set.");
    public static final Key<Long> HTTP_TOTAL_BYTES = size(
            "cloudobjects.http.total-bytes",
            "134217728",
            "Maximum bytes of the bodies of all HTTP calls together, from their arrival to the end of the call; further ones are refused with 503.");
    public static final Key<Integer> HTTP_MAX_CALLS = limit(
            "cloudobjects.http.max-calls",
            "1000",
            "Maximum number of HTTP calls that run at once, including calls that ignore their interrupt; further ones are refused with 503.");
    public static final Key<Integer> HTTP_MAX_CALLS_PER_ADDRESS = limit(
            "cloudobjects.http.max-calls-per-address",
            "100",
            "The same per address; further ones are refused with 429. Applies only if cloudobjects.proxies is set.");
    public static final Key<Integer> HTTP_MAX_CALLS_PER_METHOD = limit(
            "cloudobjects.http.max-calls-per-method",
            "500",
            "The same per method; further ones are refused with 503, so that a method that hangs does not block the others.");
    public static final Key<Integer> HTTP_MAX_DELAYED = add(
            "cloudobjects.http.max-delayed",
            "1000",
            "a whole number from 0 to 2147483647; 0 for no delay",
            "Maximum number of refusals (429 and 503) that are delayed at once, by a second each, because their addresses call again without waiting; further ones are sent at once.",
            text -> Parsers.count(text, 0));
    public static final Key<Duration> TICKET_LIFE = duration(
            "cloudobjects.ticket.life", "PT30S", "Lifetime of a ticket and of a signed url.");
    public static final Key<Duration> CONNECT_TIMEOUT = duration(
            "cloudobjects.connect.timeout", "PT10S", "Time limit for the connect frame of an SDK connection.");

    public static final Key<Transport> TRANSPORT = choice(
            "cloudobjects.transport",
            Transport.WEBSOCKET,
            "WebSocket implementation that serves clients: that of the application server, or the application's own on the server's sockets, which is faster and needs a server that supports it.");

    // Limits of connections
    public static final Key<Integer> CONNECTIONS_MAX = limit(
            "cloudobjects.connections.max", "20000", "Maximum number of open connections; further ones are refused with 503.");
    public static final Key<Integer> CONNECTIONS_MAX_PER_USER = limit(
            "cloudobjects.connections.max-per-user", "20", "Maximum number of open connections per user; further ones are refused with 429.");
    public static final Key<Integer> CONNECTIONS_MAX_PER_ADDRESS = limit(
            "cloudobjects.connections.max-per-address",
            "200",
            "Maximum number of open connections per address; further ones are refused with 429. Applies only if cloudobjects.proxies is set.");
    public static final Key<Integer> CONNECTS_RATE = limit(
            "cloudobjects.connects.rate",
            "1000",
            "Maximum rate of connection attempts per second, averaged over ten seconds; further ones are refused with 503.");
    public static final Key<Integer> CONNECTS_RATE_PER_USER = limit(
            "cloudobjects.connects.rate-per-user",
            "5",
            "The same per user; further ones are refused with 429.");
    public static final Key<Integer> CONNECTS_RATE_PER_ADDRESS = limit(
            "cloudobjects.connects.rate-per-address",
            "50",
            "The same per address; further ones are refused with 429. Applies only if cloudobjects.proxies is set.");

    // Connections
    public static final Key<Integer> MESSAGE_MAX_BYTES =
            bytes("cloudobjects.message.max-bytes", "65536", "Maximum size of a message from a client, in bytes, over all its fragments.");
    public static final Key<Integer> MESSAGE_MAX_FRAGMENTS =
            add(
                    "cloudobjects.message.max-fragments",
                    "0",
                    "a whole number from 0 to 2147483647; 0 for one per KiB of cloudobjects.message.max-bytes, at least 64",
                    "Maximum number of fragments of a message from a client.",
                    text -> Parsers.count(text, 0));
    public static final Key<Duration> MESSAGE_TIMEOUT = duration(
            "cloudobjects.message.timeout",
            "PT10S",
            "Time limit for receiving all fragments of a message; the connection is closed with 1008 after that.");
    public static final Key<Integer> MESSAGE_RATE = limit(
            "cloudobjects.message.rate",
            "20",
            "Maximum average rate of messages per second from one connection; further ones are dropped with an error event.");
    public static final Key<Integer> MESSAGE_BURST = count(
             "cloudobjects.message.burst", "40", "Maximum number of messages that one connection may send at once, above the average rate.");
    public static final Key<Integer> MESSAGE_BYTES_PER_SECOND =
            add(
                    "cloudobjects.message.bytes-per-second",
                    "0",
                    "a whole number from 0 to 2147483647; 0 for a fifth of cloudobjects.message.rate times cloudobjects.message.max-bytes, or for no limit if that rate is 0; never less than one message of the maximum size",
                    "Maximum average number of bytes per second that the server reads from one connection, with bursts of four times as many. Above it, the server reads more slowly; nothing is lost. Only with cloudobjects.transport=servlet.",
                    text -> Parsers.count(text, 0));
    public static final Key<Integer> MESSAGE_MAX_DROPPED = count(
            "cloudobjects.message.max-dropped",
            "200",
            "Number of messages over the rate, dropped within one minute, after which the connection is closed with 1008.");
    public static final Key<Integer> ATTRIBUTES_MAX_NAMES = count(
            "cloudobjects.attributes.max-names", "16", "Maximum number of attributes of a connection; one more is refused with 400.");
    public static final Key<Integer> ATTRIBUTES_MAX_BYTES = bytes(
            "cloudobjects.attributes.max-bytes",
            "4096",
            "Maximum size of the attributes of a connection in bytes, names and values together; larger ones are refused with 400.");
    public static final Key<Integer> INBOX_MAX_MESSAGES = count(
            "cloudobjects.inbox.max-messages",
            "256",
            "Maximum number of messages from one connection that wait for its handler; further ones are dropped with an error event.");
    public static final Key<Integer> INBOX_MAX_BYTES = bytes(
            "cloudobjects.inbox.max-bytes",
            "1048576",
            "Maximum bytes of messages from one connection that wait for its handler; further ones are dropped with an error event.");
    public static final Key<Long> INBOX_TOTAL_BYTES = size(
            "cloudobjects.inbox.total-bytes",
            "134217728",
            "Maximum bytes of messages from all connections that wait for handlers or are incomplete. Above it, a complete message is dropped with an error event, and a connection with an incomplete one is closed with 1013.");
    public static final Key<Integer> QUEUE_MAX_MESSAGES = count(
            "cloudobjects.queue.max-messages", "1000", "Maximum number of messages queued for one client; above it, the connection is closed with 1013.");
    public static final Key<Integer> QUEUE_MAX_BYTES = bytes(
            "cloudobjects.queue.max-bytes", "1048576", "Maximum bytes queued for one client; above it, the connection is closed with 1013.");
    public static final Key<Long> QUEUE_TOTAL_BYTES = size(
            "cloudobjects.queue.total-bytes",
            "268435456",
            "Maximum bytes queued for all clients together; above it, the connection of a client that reads too slowly is closed with 1013.");
    public static final Key<Integer> SEND_MAX_RATE_KEYS = count(
            "cloudobjects.queue.max-rate-keys",
            "1000",
            "Maximum number of keys of atMost(…) that are limited for one connection at a time; messages of further keys are not held back.");
    public static final Key<Integer> RECEIPTS_MAX = count(
            "cloudobjects.receipts.max-per-connection",
            "1000",
            "Maximum number of receipts of sendTracked(…) that wait for one connection; above it, a receipt fails with 429.");
    public static final Key<Integer> RECEIPTS_MAX_TOTAL = count(
            "cloudobjects.receipts.max-total",
            "100000",
            "Maximum number of receipts of sendTracked(…) that wait for all connections together; above it, a receipt fails with 429.");
    public static final Key<Duration> WRITE_TIMEOUT = duration(
            "cloudobjects.write.timeout", "PT4S", "Time limit of a single write; the connection is closed after that.");
    public static final Key<Duration> PING_INTERVAL = duration(
            "cloudobjects.ping.interval", "PT25S", "Time without a message from the client after which the server sends a ping.");
    public static final Key<Duration> PING_TIMEOUT = duration(
            "cloudobjects.ping.timeout", "PT10S", "Time limit for an answer to a ping; the connection is closed after that.");

    // Resume
    public static final Key<Boolean> RESUME = flag(
            "cloudobjects.resume", "true", "Whether clients of the SDK can resume their session after the loss of the socket.");
    public static final Key<Duration> RESUME_WINDOW = duration(
            "cloudobjects.resume.window", "PT2M", "Time that a session stays without a socket; the disconnection event runs after that.");
    public static final Key<Integer> RESUME_MAX_MESSAGES = count(
            "cloudobjects.resume.max-messages",
            "300",
            "Maximum number of messages of a session that are kept until the client has confirmed them; above it, the oldest are dropped.");
    public static final Key<Integer> RESUME_MAX_BYTES = bytes(
            "cloudobjects.resume.max-bytes",
            "262144",
            "Maximum bytes of messages of a session that are kept until the client has confirmed them; above it, the oldest are dropped.");
    public static final Key<Long> RESUME_TOTAL_BYTES = size(
            "cloudobjects.resume.total-bytes",
            "134217728",
            "Maximum bytes of messages that are kept for all sessions together, a message to many counted once; above it, the sessions that lost their socket first are ended.");
    public static final Key<Integer> RESUME_MAX_SESSIONS = count(
            "cloudobjects.resume.max-sessions",
            "10000",
            "Maximum number of sessions without a socket; above it, the sessions that lost their socket first are ended.");

    // Groups that keep their messages
    public static final Key<Integer> HISTORY_MAX_MESSAGES = count(
            "cloudobjects.history.max-messages",
            "1000",
            "Maximum number of messages that a group keeps; above it, the oldest are dropped.");
    public static final Key<Integer> HISTORY_MAX_BYTES = bytes(
            "cloudobjects.history.max-bytes",
            "1048576",
            "Maximum bytes of messages that a group keeps; above it, the oldest are dropped.");
    public static final Key<Duration> HISTORY_MAX_AGE =
            duration("cloudobjects.history.max-age", "PT1H", "Maximum age of a message that a group keeps.");
    public static final Key<Duration> HISTORY_IDLE = duration(
            "cloudobjects.history.idle", "PT10M", "Time for which the messages of a group without members are kept.");
    public static final Key<Integer> HISTORY_MAX_GROUPS = count(
            "cloudobjects.history.max-groups",
            "10000",
            "Maximum number of groups that keep messages; above it, the group with the oldest last message keeps none any more.");
    public static final Key<Long> HISTORY_TOTAL_BYTES = size(
            "cloudobjects.history.total-bytes",
            "67108864",
            "Maximum bytes of messages that all groups keep together; above it, the groups with the oldest last messages lose theirs.");

    // Presence
    public static final Key<Integer> PRESENCE_MAX_PLACES = count(
            "cloudobjects.presence.max-places",
            "10000",
            "Maximum number of places whose members are watched or observed; one more is refused with 503.");
    public static final Key<Integer> PRESENCE_MAX_PLACES_PER_CONNECTION = count(
            "cloudobjects.presence.max-places-per-connection",
            "100",
            "Maximum number of places that one connection watches; one more is refused with 429.");
    public static final Key<Integer> PRESENCE_MAX_DATA_BYTES = bytes(
            "cloudobjects.presence.max-data-bytes",
            "1024",
            "Maximum size of the data that a connection shows where it is present, in bytes; larger data is refused with 400.");

    // Requests
    public static final Key<Duration> REQUEST_TIMEOUT = duration(
            "cloudobjects.request.timeout",
            "PT30S",
            "Time limit for a client's answer to a request of the server, where the request names no other one.");
    public static final Key<Integer> REQUEST_MAX_OPEN = count(
            "cloudobjects.request.max-open",
            "64",
            "Maximum number of requests of the server to one connection that have no answer; one more is refused with 429.");
    public static final Key<Integer> STREAM_MAX_OPEN = count(
            "cloudobjects.stream.max-open",
            "16",
            "Maximum number of open streams of one connection; one more is refused with 429.");
    public static final Key<Duration> STREAM_CREDIT_TIMEOUT = duration(
            "cloudobjects.stream.credit-timeout",
            "PT5M",
            "Time after which a stream ends whose client takes no more items.");

    public static final Key<Duration> DRAIN_WINDOW = duration(
            "cloudobjects.drain.window",
            "PT3S",
            "Time over which a drain closes the connections, so that clients do not reconnect all at once.");

    // JSON
    public static final Key<Integer> JSON_MAX_DEPTH =
            count("cloudobjects.json.max-depth", "32", "Maximum nesting depth of JSON from a client.");
    public static final Key<Integer> JSON_MAX_KEYS =
            count("cloudobjects.json.max-keys", "1000", "Maximum number of keys, over all objects, in JSON from a client, and of parameters in a query or a form.");
    public static final Key<Integer> JSON_MAX_ELEMENTS =
            count("cloudobjects.json.max-elements", "65536", "Maximum number of array elements, over all arrays, in JSON from a client.");
    public static final Key<Integer> JSON_MAX_NUMBER_LENGTH =
            count("cloudobjects.json.max-number-length", "100", "Maximum length of a number, in characters, in JSON from a client.");

    // Users
    public static final Key<Duration> TOKEN_LIFE =
            duration("cloudobjects.token.life", "PT2H", "Lifetime of a login token.");
    public static final Key<Duration> TOKEN_RENEWAL = duration(
            "cloudobjects.token.renewal", "PT20M", "Time before the expiry of a token from which a call with this token renews it.");
    public static final Key<Integer> TOKEN_MAX_PER_USER = count(
            "cloudobjects.token.max-per-user", "10", "Maximum number of login sessions per user; a further login ends the oldest session.");
    public static final Key<Duration> IDENTITY_REFRESH = duration(
            "cloudobjects.identity.refresh",
            "PT2S",
            "Interval at which the accounts of all connected users are read again, to find changes made in the database or by another server.");
    public static final Key<Integer> LOGIN_MAX_ATTEMPTS = count(
            "cloudobjects.login.max-attempts", "6", "Number of wrong passwords per account and address after which logins are refused.");
    public static final Key<Integer> LOGIN_MAX_ATTEMPTS_PER_ADDRESS = limit(
            "cloudobjects.login.max-attempts-per-address",
            "60",
            "Number of wrong passwords per address, over all accounts, after which logins from it are refused. Applies only if cloudobjects.proxies is set.");
    public static final Key<Integer> LOGIN_MAX_WAITING = count(
            "cloudobjects.login.max-waiting",
            "32",
            "Maximum number of logins and registrations that wait for password hashing. Addresses without a recent check come first, and addresses of a recent successful login before them; above the maximum, the last one gets 429.");
    public static final Key<Integer> REGISTER_MAX_PER_ADDRESS = limit(
            "cloudobjects.register.max-per-address",
            "20",
            "Maximum number of registrations per address and hour, also at once; further ones are refused with 429. Applies only if cloudobjects.proxies is set.");
    public static final Key<Duration> LOGIN_LOCK =
            duration("cloudobjects.login.lock", "PT1H", "Time for which logins are refused after too many wrong passwords.");
    public static final Key<Boolean> OIDC = flag(
            "cloudobjects.oidc",
            "false",
            "Whether tokens of an external OpenID Connect issuer are used instead of those of the user centre.");
    public static final Key<String> OIDC_ISSUER = text(
            "cloudobjects.oidc.issuer", "", "URL of the issuer, exactly as in the claim iss of its tokens: https://….");
    public static final Key<List<String>> OIDC_AUDIENCE = list(
            "cloudobjects.oidc.audience", "", "Accepted audiences: the claim aud of a token must contain one of them.");
    public static final Key<String> OIDC_KEYS = text(
            "cloudobjects.oidc.keys",
            "",
            "URL of the issuer's keys (JWKS); without it, the URL is read from the issuer's discovery document.");
    public static final Key<String> OIDC_UID_CLAIM =
            text("cloudobjects.oidc.uid-claim", "sub", "Claim with the user's id: a name, or a path such as user.id.");
    public static final Key<String> OIDC_USERNAME_CLAIM = text(
            "cloudobjects.oidc.username-claim", "preferred_username", "Claim with the username; if a token lacks it, the id is shown.");
    public static final Key<String> OIDC_NICKNAME_CLAIM =
            text("cloudobjects.oidc.nickname-claim", "name", "Claim with the nickname.");
    public static final Key<String> OIDC_ROLES_CLAIM = text(
            "cloudobjects.oidc.roles-claim",
            "",
            "Claim with the user's roles, such as realm_access.roles; if it is empty, administrators of this server assign roles.");
    public static final Key<Integer> LOG_MAX_PER_ADDRESS = limit(
            "cloudobjects.log.max-per-address",
            "60",
            "Maximum number of log lines about refused or failed requests per address and minute, and as many lines of the audit log; one line reports the number of suppressed lines. A line with a stack trace counts as ten.");
    public static final Key<List<String>> TRACE_USERS = list(
            "cloudobjects.trace.users",
            "",
            "Ids of at most 10 users whose connections are traced from the start of the server, for cloudobjects.trace.max-time.");
    public static final Key<Duration> TRACE_MAX_TIME = duration(
            "cloudobjects.trace.max-time", "PT1H", "Maximum duration of a trace.");
    public static final Key<String> ADMIN_GRANT = text(
            "cloudobjects.admin.grant", "", "Id or username of an existing account that gets the role admin at the start; with an external issuer, the id only.");

    private Keys() {}

    /** All keys, in the order of the documentation. Unmodifiable. */
    public static List<Key<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static Key<String> text(String name, String defaultText, String meaning) {
        return add(name, defaultText, "text", meaning, text -> text);
    }

    private static Key<String> address(String name, String defaultText, String meaning) {
        return add(name, defaultText, "http(s)://host[:port][/path]", meaning, WebAddress::base);
    }

    private static Key<List<String>> origins(String name, String defaultText, String meaning) {
        return add(name, defaultText, "scheme://host[:port], separated by commas", meaning, WebAddress::origins);
    }

    private static Key<Path> path(String name, String defaultText, String meaning) {
        return add(name, defaultText, "a folder", meaning, Parsers::path);
    }

    private static Key<Boolean> flag(String name, String defaultText, String meaning) {
        return add(name, defaultText, "true or false", meaning, Parsers::flag);
    }

    private static <E extends Enum<E>> Key<E> choice(String name, E defaultValue, String meaning) {
        Class<E> type = defaultValue.getDeclaringClass();
        String defaultText = defaultValue.name().toLowerCase(Locale.ROOT);
        return add(name, defaultText, String.join(" or ", Parsers.words(type)), meaning, text -> Parsers.choice(type, text));
    }

    private static Key<Integer> count(String name, String defaultText, String meaning) {
        return add(name, defaultText, "a whole number from 1 to 2147483647", meaning, text -> Parsers.count(text, 1));
    }

    private static Key<Integer> bytes(String name, String defaultText, String meaning) {
        String kind = "a whole number from 1 to " + Parsers.MOST_BYTES;
        return add(name, defaultText, kind, meaning, text -> Parsers.count(text, 1, Parsers.MOST_BYTES));
    }

    private static Key<Integer> limit(String name, String defaultText, String meaning) {
        String kind = "a whole number from 0 to 2147483647; 0 for no limit";
        return add(name, defaultText, kind, meaning, text -> Parsers.count(text, 0));
    }

    private static Key<Long> size(String name, String defaultText, String meaning) {
        return add(name, defaultText, "a whole number from 1", meaning, Parsers::size);
    }

    private static Key<Duration> duration(String name, String defaultText, String meaning) {
        return add(name, defaultText, "a positive duration, such as PT30S or PT2H", meaning, Parsers::duration);
    }

    private static Key<List<String>> list(String name, String defaultText, String meaning) {
        return add(name, defaultText, "values separated by commas", meaning, Parsers::list);
    }

    private static <T> Key<T> add(
            String name, String defaultText, String kind, String meaning, Function<String, T> parser) {
        Key<T> key = new Key<>(name, defaultText, kind, meaning, parser);
        ALL.add(key);
        return key;
    }
}
