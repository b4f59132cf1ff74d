package dev.cloudobjects.handshake;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.http.Bodies;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.http.RequestHead;
import dev.cloudobjects.http.Requests;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.manage.SignedURLs;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.EncryptionKeys;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Ticket;
import dev.cloudobjects.security.Tickets;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.ChannelTerms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accepts or refuses WebSocket handshakes. */
@ApplicationScoped
class Handshakes {

    private static final List<String> RESERVED = List.of(SignedURLs.TICKET, "url", "channel");

    @Inject
    Requests requests;

    @Inject
    Bodies bodies;

    @Inject
    Admission admission;

    @Inject
    Tickets tickets;

    @Inject
    ConnectLimiter limiter;

    @Inject
    IdentityProvider users;

    @Inject
    JsonMapper json;

    @Inject
    EncryptionKeys keys;

    @Inject
    InstantSource time;

    /**
     * Accepts a handshake. The ticket is spent last, so that a handshake that is refused for another reason can be repeated with it.
     *
     * @throws dev.cloudobjects.api.CloudObjectException with code 400, 401, 403, 404, 426, 429, 503 or a token's, to
     *     refuse
     */
    AcceptedHandshake decide(RequestHead request) {
        limiter.countAttempt(requests.address(request));
        ObjectModel object = admission.object(Requests.path(request));
        UpgradeHeaders.check(request);
        List<String> offered = UpgradeHeaders.subprotocols(request);
        Map<String, List<String>> query = bodies.query(request);
        Tickets.Shown shown = ticket(object, query);
        Ticket ticket = shown == null ? null : shown.ticket();
        Caller caller = ticket == null ? requests.caller(request) : caller(ticket, requests.client(request));
        admission.check(object, caller);
        Dialect dialect = dialect(offered, ticket);
        Session.Route route = new Session.Route(
                object.path(), channel(ticket, query), Admission.needsLogin(object), requests.baseUrl(request));
        Optional<Payload> signed = Optional.ofNullable(ticket).map(Ticket::query).map(Payload.Json::new);
        Optional<ChannelTerms> terms = terms(dialect, ticket, prologue(route, caller, query));
        limiter.countConnect(caller);
        if (shown != null && !tickets.spend(shown)) {
            throw badTicket();
        }
        return new AcceptedHandshake(
                route,
                caller,
                dialect.codec(json),
                signed.orElseGet(() -> data(ticket, query)),
                signed,
                offered.contains(Dialect.V1.label()) ? Optional.of(Dialect.V1.label()) : Optional.empty(),
                terms);
    }

    /** Encryption is required if the ticket says so; otherwise the client may still choose it. */
    private Optional<ChannelTerms> terms(Dialect dialect, @Nullable Ticket ticket, byte[] prologue) {
        boolean demanded = ticket != null && ticket.encrypted();
        return switch (dialect) {
            case V1 -> Optional.of(new ChannelTerms(keys, prologue, demanded));
            case PLAIN -> {
                if (demanded) {
                    throw new Refused(
                            Code.DENIED,
                            "this address demands an encrypted channel, which plain clients don't have: connect with "
                                    + Dialect.V1.label());
                }
                yield Optional.empty();
            }
        };
    }

    private static byte[] prologue(Session.Route route, Caller caller, Map<String, List<String>> query) {
        String appId = caller.client().appId();
        String ticket = query.getOrDefault(SignedURLs.TICKET, List.of("")).get(0);
        return ChannelFrames.prologue(route.path(), route.channel(), appId == null ? "" : appId, ticket);
    }

    private Tickets.@Nullable Shown ticket(ObjectModel object, Map<String, List<String>> query) {
        List<String> text = query.get(SignedURLs.TICKET);
        if (text == null) {
            return null;
        }
        Tickets.Shown shown = tickets.read(text.get(0)).orElseThrow(Handshakes::badTicket);
        Ticket ticket = shown.ticket();
        if (!ticket.path().equals(object.path())) {
            throw new Refused(Code.DENIED, "the ticket is for another cloud object");
        }
        return shown;
    }

    private static Refused badTicket() {
        return new Refused(
                Code.UNAUTHORIZED, "the ticket is invalid, has expired, or was used before: ask for a new one");
    }

    /** The user of the ticket, checked again, on the client that sent the ticket. */
    private Caller caller(Ticket ticket, Caller.Client sender) {
        Login login = ticket.login();
        Caller.Client bound = ticket.client();
        Caller.Client client = new Caller.Client(
                bound.appId(),
                bound.deviceId(),
                bound.platform(),
                bound.os(),
                bound.locale(),
                sender.userAgent(),
                sender.address());
        return new Caller(login == null ? Authentication.ANONYMOUS : checked(login), null, client);
    }

    private Authentication checked(Login login) {
        return login.left(time).isZero()
                ? new Authentication.Rejected(Code.TOKEN_EXPIRED)
                : users.revalidate(login);
    }

    private static Dialect dialect(List<String> offered, @Nullable Ticket ticket) {
        if (offered.contains(Dialect.V1.label()) || (ticket != null && Dialect.V1.label().equals(ticket.protocol()))) {
            return Dialect.V1;
        }
        if (!offered.isEmpty()) {
            throw new Refused(
                    Code.BAD_REQUEST,
                    "the only subprotocol is " + Dialect.V1.label() + "; a plain client offers none");
        }
        return Dialect.PLAIN;
    }

    private static String channel(@Nullable Ticket ticket, Map<String, List<String>> query) {
        String bound = ticket == null ? null : ticket.channel();
        List<String> named = query.getOrDefault("channel", List.of());
        if (bound != null && named.stream().anyMatch(name -> !name.equals(bound))) {
            throw new Refused(Code.DENIED, "the ticket is for another channel");
        }
        String asked = Admission.channel(named.stream().findFirst().orElse(null));
        String channel = bound == null ? asked : bound;
        return channel == null ? Admission.DEFAULT_CHANNEL : channel;
    }

    /** The data of the connection event: of the ticket; without a ticket, the query parameters that are not reserved. */
    private Payload data(@Nullable Ticket ticket, Map<String, List<String>> query) {
        if (ticket != null) {
            return Payload.NULL;
        }
        Map<String, List<String>> own = new LinkedHashMap<>(query);
        own.keySet().removeAll(RESERVED);
        return own.isEmpty() ? Payload.NULL : json.write(Bodies.merged(own, JsonValue.EMPTY_JSON_OBJECT));
    }
}
