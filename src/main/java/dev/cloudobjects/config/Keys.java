package dev.cloudobjects.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** All configuration keys there are. */
public final class Keys {

    private static final List<Key<?>> ALL = new ArrayList<>();

    // Storage
    public static final Key<Path> DATA_DIR = path(
            "cloudobjects.data.dir",
            "~/.cloud-objects",
            "Folder of the embedded database and of generated keys. It is created with access for its owner only.");
    public static final Key<String> MONGODB_URI = text(
            "cloudobjects.mongodb.uri",
            "",
            "A MongoDB to use in place of the embedded database: mongodb://… or mongodb+srv://…, with credentials and TLS options in it.");
    public static final Key<String> MONGODB_DATABASE = text(
            "cloudobjects.mongodb.database", "cloudobjects", "Name of the database.");

    // Cloud objects
    public static final Key<Boolean> DEMO =
flag(
            "cloudobjects.demo",
            "false",
            "Whether there is a demo: its objects, and the accounts test1 and test2, whose password everyone knows. While it is false, these accounts can't be used.");
    public static final Key<Boolean> BENCH =
            flag("cloudobjects.bench", "false", "Whether the objects for measuring, bench/…, are deployed: they are open to anyone.");
    public static final Key<Duration> HANDLER_TIMEOUT = duration(
            "cloudobjects.handler.timeout",
            "PT30S",
            "How long a method or an event may run before its thread is interrupted.");

    // HTTP and the handshake
    public static final Key<List<String>> ORIGINS = origins(
            "cloudobjects.origins",
            "",
            "Origins that browsers may call from besides the server's own, for WebSocket and for HTTP.");
    public static final Key<List<String>> TRUSTED_PROXIES = list(
            "cloudobjects.proxies",
            "",
            "Addresses or networks (CIDR) of reverse proxies whose X-Forwarded-For, -Proto and -Host are believed.");
    public static final Key<String> PUBLIC_URL = address(
            "cloudobjects.public-url",
            "",
            "Address that clients reach the application at, with the path that it is behind; without it, each request tells.");
    public static final Key<Integer> HTTP_MAX_BODY =
            bytes("cloudobjects.http.max-body", "1048576", "Largest body of an HTTP call, in bytes.");
    public static final Key<Duration> HTTP_BODY_TIMEOUT = duration(
            "cloudobjects.http.body-timeout",
            "PT10S",
            "How long the body of an HTTP call may take to arrive. One of which no 256 bytes come in half of that time is given up then.");
    public static final Key<Integer> HTTP_MAX_BODIES = limit(
            "cloudobjects.http.max-bodies",
            "1000",
            "Most bodies of HTTP calls that arrive at once; at one more, the one that began first is given up with 503.");
    public static final Key<Integer> HTTP_MAX_BODIES_PER_ADDRESS = limit(
            "cloudobjects.http.max-bodies-per-address",
            "50",
            "The same from one address, given up with 429. Counts only where cloudobjects.proxies is set.");
    public static final Key<Long> HTTP_TOTAL_BYTES = size(
            "cloudobjects.http.total-bytes",
            "134217728",
            "Most bytes of bodies of all HTTP calls together, from their arrival to the end of the call; what is beyond is refused with 503.");
    public static final Key<Integer> HTTP_MAX_CALLS = limit(
            "cloudobjects.http.max-calls",
            "1000",
            "Most HTTP calls that run at once, those that ignore their interrupt included; one more is refused with 503.");
    public static final Key<Integer> HTTP_MAX_CALLS_PER_ADDRESS = limit(
            "cloudobjects.http.max-calls-per-address",
            "100",
            "The same from one address, refused with 429. Counts only where cloudobjects.proxies is set.");
    public static final Key<Integer> HTTP_MAX_CALLS_PER_METHOD = limit(
            "cloudobjects.http.max-calls-per-method",
            "500",
            "The same of one method, refused with 503, so that one that hangs leaves room for the others.");
    public static final Key<Duration> TICKET_LIFE = duration(
            "cloudobjects.ticket.life", "PT30S", "How long a connection's ticket or a signed url can be used.");
    public static final Key<Duration> CONNECT_TIMEOUT = duration(
            "cloudobjects.connect.timeout", "PT10S", "How long an SDK connection may take to send its connect frame.");

    public static final Key<Transport> TRANSPORT = choice(
            "cloudobjects.transport",
            Transport.WEBSOCKET,
            "Who speaks WebSocket with clients: the application server, or the application itself on the server's sockets, which is faster where the server gives them away.");

    // How many may come
    public static final Key<Integer> CONNECTIONS_MAX = limit(
            "cloudobjects.connections.max", "20000", "Most connections at once; one more is refused with 503.");
    public static final Key<Integer> CONNECTIONS_MAX_PER_USER = limit(
            "cloudobjects.connections.max-per-user", "20", "Most connections of one user; one more is refused with 429.");
    public static final Key<Integer> CONNECTIONS_MAX_PER_ADDRESS = limit(
            "cloudobjects.connections.max-per-address",
            "200",
            "Most connections from one address; one more is refused with 429. Counts only where cloudobjects.proxies is set.");
    public static final Key<Integer> CONNECTS_RATE = limit(
            "cloudobjects.connects.rate",
            "1000",
            "Attempts to connect in a second, averaged over ten seconds; one more is refused with 503.");
    public static final Key<Integer> CONNECTS_RATE_PER_USER = limit(
            "cloudobjects.connects.rate-per-user",
            "5",
            "The same for one user, refused with 429.");
    public static final Key<Integer> CONNECTS_RATE_PER_ADDRESS = limit(
            "cloudobjects.connects.rate-per-address",
            "50",
            "The same for one address, refused with 429. Counts only where cloudobjects.proxies is set.");

    // Connections
    public static final Key<Integer> MESSAGE_MAX_BYTES =
            bytes("cloudobjects.message.max-bytes", "65536", "Largest message from a client, in bytes, over all its fragments.");
    public static final Key<Integer> MESSAGE_MAX_FRAGMENTS =
            add(
                    "cloudobjects.message.max-fragments",
                    "0",
                    "a whole number from 0 to 2147483647; 0 for one for each KiB of cloudobjects.message.max-bytes, and 64 at least",
                    "Most fragments of one message from a client.",
                    text -> Parsers.count(text, 0));
    public static final Key<Duration> MESSAGE_TIMEOUT = duration(
            "cloudobjects.message.timeout",
            "PT10S",
            "How long a message in fragments may take to be complete before the connection is closed with 1008.");
    public static final Key<Integer> MESSAGE_RATE = limit(
            "cloudobjects.message.rate",
            "20",
            "Messages that one connection may send in a second, in the long run; one more is dropped with an error event.");
    public static final Key<Integer> MESSAGE_BURST = count(
            "cloudobjects.message.burst", "40", "Messages that one connection may send at once.");
    public static final Key<Integer> MESSAGE_MAX_DROPPED = count(
            "cloudobjects.message.max-dropped",
            "200",
            "Messages over the rate that are dropped within a minute before the connection is closed with 1008.");
    public static final Key<Integer> ATTRIBUTES_MAX_NAMES = count(
            "cloudobjects.attributes.max-names", "16", "Most attributes of a connection; one more is refused with 400.");
    public static final Key<Integer> ATTRIBUTES_MAX_BYTES = bytes(
            "cloudobjects.attributes.max-bytes",
            "4096",
            "Most bytes of a connection's attributes, names and values together; what is beyond is refused with 400.");
    public static final Key<Integer> INBOX_MAX_MESSAGES = count(
            "cloudobjects.inbox.max-messages",
            "256",
            "Most messages of one connection that wait for its handler; one more is dropped with an error event.");
    public static final Key<Integer> INBOX_MAX_BYTES = bytes(
            "cloudobjects.inbox.max-bytes",
            "1048576",
            "Most bytes of messages of one connection that wait for its handler; one more is dropped with an error event.");
    public static final Key<Long> INBOX_TOTAL_BYTES = size(
            "cloudobjects.inbox.total-bytes",
            "134217728",
            "Most bytes of messages of all connections that wait for handlers or are incomplete; what is beyond is dropped with an error event, or closed with 1013 where it is incomplete.");
    public static final Key<Integer> QUEUE_MAX_MESSAGES = count(
            "cloudobjects.queue.max-messages", "1000", "Most messages that wait for one slow client before it is closed with 1013.");
    public static final Key<Integer> QUEUE_MAX_BYTES = bytes(
            "cloudobjects.queue.max-bytes", "1048576", "Most bytes that wait for one slow client before it is closed with 1013.");
    public static final Key<Long> QUEUE_TOTAL_BYTES = size(
            "cloudobjects.queue.total-bytes",
            "268435456",
            "Most bytes that wait for all clients together; above it, a client that is behind is closed with 1013.");
    public static final Key<Duration> WRITE_TIMEOUT = duration(
            "cloudobjects.write.timeout", "PT4S", "How long a single write may take before the connection is given up.");
    public static final Key<Duration> PING_INTERVAL = duration(
            "cloudobjects.ping.interval", "PT25S", "How long a connection may be silent before the server pings it.");
    public static final Key<Duration> PING_TIMEOUT = duration(
            "cloudobjects.ping.timeout", "PT10S", "How long a ping may go without any sign of life before the connection is given up.");

    public static final Key<Duration> DRAIN_WINDOW = duration(
            "cloudobjects.drain.window",
            "PT3S",
            "Over how long the connections are closed when the server is told to stop, so that they do not return all at once.");

    // JSON
    public static final Key<Integer> JSON_MAX_DEPTH =
            count("cloudobjects.json.max-depth", "32", "Deepest nesting of JSON from a client.");
    public static final Key<Integer> JSON_MAX_KEYS =
            count("cloudobjects.json.max-keys", "1000", "Most keys, over all objects, in JSON from a client; most parameters of a query or a form.");
    public static final Key<Integer> JSON_MAX_ELEMENTS =
            count("cloudobjects.json.max-elements", "65536", "Most elements, over all lists, in JSON from a client.");
    public static final Key<Integer> JSON_MAX_NUMBER_LENGTH =
            count("cloudobjects.json.max-number-length", "100", "Longest number, in characters, in JSON from a client.");

    // Users
    public static final Key<Duration> TOKEN_LIFE =
            duration("cloudobjects.token.life", "PT2H", "How long a login token is good.");
    public static final Key<Duration> TOKEN_RENEWAL = duration(
            "cloudobjects.token.renewal", "PT20M", "How long before its end a token is renewed by the call that carries it.");
    public static final Key<Integer> TOKEN_MAX_PER_USER = count(
            "cloudobjects.token.max-per-user", "10", "Most sessions of one user; a further login ends the oldest.");
    public static final Key<Duration> IDENTITY_REFRESH = duration(
            "cloudobjects.identity.refresh",
            "PT2S",
            "How often the accounts of all who are connected are looked at again, for changes made in the database or by another server.");
    public static final Key<Integer> LOGIN_MAX_ATTEMPTS = count(
            "cloudobjects.login.max-attempts", "6", "Wrong passwords, per account and address, before logins are refused.");
    public static final Key<Integer> LOGIN_MAX_ATTEMPTS_PER_ADDRESS = limit(
            "cloudobjects.login.max-attempts-per-address",
            "60",
            "Wrong passwords from one address, over all accounts, before its logins are refused. Counts only where cloudobjects.proxies is set.");
    public static final Key<Integer> LOGIN_MAX_WAITING = count(
            "cloudobjects.login.max-waiting",
            "32",
            "Logins and registrations that wait for a password to be checked. Addresses take turns; of one more, whoever has most of them is refused with 429.");
    public static final Key<Integer> REGISTER_MAX_PER_ADDRESS = limit(
            "cloudobjects.register.max-per-address",
            "20",
            "Accounts that one address may register at once, and in an hour; one more is refused with 429. Counts only where cloudobjects.proxies is set.");
    public static final Key<Duration> LOGIN_LOCK =
            duration("cloudobjects.login.lock", "PT1H", "How long logins are refused after too many wrong passwords.");
    public static final Key<Boolean> OIDC = flag(
            "cloudobjects.oidc",
            "false",
            "Whether tokens of an outside OpenID Connect issuer take the place of the user centre's own.");
    public static final Key<String> OIDC_ISSUER = text(
            "cloudobjects.oidc.issuer", "", "The issuer, exactly as its tokens name it in iss: https://….");
    public static final Key<List<String>> OIDC_AUDIENCE = list(
            "cloudobjects.oidc.audience", "", "Who tokens must be for: one of these must be in aud.");
    public static final Key<String> OIDC_KEYS = text(
            "cloudobjects.oidc.keys",
            "",
            "Address of the issuer's keys (JWKS); without it, the issuer's own description says it.");
    public static final Key<String> OIDC_UID_CLAIM =
            text("cloudobjects.oidc.uid-claim", "sub", "Claim that is the user's id: a name, or a path such as user.id.");
    public static final Key<String> OIDC_USERNAME_CLAIM = text(
            "cloudobjects.oidc.username-claim", "preferred_username", "Claim that is shown as the username; without it, the id is.");
    public static final Key<String> OIDC_NICKNAME_CLAIM =
            text("cloudobjects.oidc.nickname-claim", "name", "Claim that is shown as the nickname.");
    public static final Key<String> OIDC_ROLES_CLAIM = text(
            "cloudobjects.oidc.roles-claim",
            "",
            "Claim that lists the user's roles, such as realm_access.roles; without it, roles are given by administrators here.");
    public static final Key<Integer> LOG_MAX_PER_ADDRESS = limit(
            "cloudobjects.log.max-per-address",
            "60",
            "Lines of the log about what was refused or failed that one address may cause in a minute, and as many of the audit log; one line counts the rest. A stack trace counts for ten.");
    public static final Key<List<String>> TRACE_USERS = list(
            "cloudobjects.trace.users",
            "",
            "Ids of users, 10 at most, whose connections are traced from the start on, for cloudobjects.trace.max-time.");
    public static final Key<Duration> TRACE_MAX_TIME = duration(
            "cloudobjects.trace.max-time", "PT1H", "How long a trace lasts at most; then it ends by itself.");
    public static final Key<String> ADMIN_GRANT = text(
            "cloudobjects.admin.grant", "", "Id or username of an existing account that gets the role admin at start; of an outside issuer the id.");

    private Keys() {}

    /** All keys, in the order of the documentation. */
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
        return add(name, defaultText, "scheme://host[:port], parted by commas", meaning, WebAddress::origins);
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
        return add(name, defaultText, "a duration above zero, such as PT30S or PT2H", meaning, Parsers::duration);
    }

    private static Key<List<String>> list(String name, String defaultText, String meaning) {
        return add(name, defaultText, "values parted by commas", meaning, Parsers::list);
    }

    private static <T> Key<T> add(
            String name, String defaultText, String kind, String meaning, Function<String, T> parser) {
        Key<T> key = new Key<>(name, defaultText, kind, meaning, parser);
        ALL.add(key);
        return key;
    }
}
