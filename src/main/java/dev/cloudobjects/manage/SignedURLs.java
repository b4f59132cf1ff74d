package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.SignedURL;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Ticket;
import dev.cloudobjects.security.Tickets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the WebSocket addresses that carry a ticket: for {@code POST /connect} and for {@code signedURL}. */
@ApplicationScoped
public class SignedURLs {

    /** The parameter of an address that carries its ticket. */
    public static final String TICKET = "ticket";

    @Inject
    Tickets tickets;

    @Inject
    ObjectDirectory objects;

    @Inject
    JsonMapper json;

    @Inject
    Settings settings;

    SignedURL start(Addressing addressing) {
        return new Draft(addressing);
    }

    /**
     * The address of a ticket.
     *
     * @param baseUrl where the client reached the application, used unless {@code cloudobjects.public-url} is set
     */
    public String address(Ticket ticket, @Nullable String baseUrl) {
        String configured = settings.get(Keys.PUBLIC_URL);
        String base = configured.isEmpty() ? baseUrl : configured;
        if (base == null) {
            throw new CloudObjectException(
                    Code.UNAVAILABLE,
                    "no request tells the address of this server: set " + Keys.PUBLIC_URL.name());
        }
        String socket = base.startsWith("https:") ? "wss" + base.substring(5) : base.replaceFirst("^http:", "ws:");
        return socket + "/ws/" + ticket.path() + parameter("?url", ticket.path())
                + parameter("&channel", ticket.channel())
                + parameter("&appid", ticket.client().appId())
                + parameter("&" + TICKET, tickets.issue(ticket));
    }

    /** What is bound stands in the address as well: a client has to know of it for an encrypted channel. */
    private static String parameter(String name, @Nullable String value) {
        return value == null
                ? ""
                : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private final class Draft implements SignedURL {
        private final Addressing addressing;
        private @Nullable String path;
        private @Nullable String query;
        private @Nullable String channel;
        private boolean encrypted;
        private boolean anonymous;

        Draft(Addressing addressing) {
            this.addressing = addressing;
        }

        @Override
        public SignedURL path(String path) {
            this.path = path;
            return this;
        }

        @Override
        public SignedURL query(@Nullable Object query) {
            this.query = query == null ? null : json.write(query).text();
            return this;
        }

        @Override
        public SignedURL channel(String channel) {
            this.channel = channel;
            return this;
        }

        @Override
        public SignedURL encrypt() {
            this.encrypted = true;
            return this;
        }

        @Override
        public SignedURL anonymous() {
            this.anonymous = true;
            return this;
        }

        @Override
        public String create() {
            String to = path == null ? addressing.path() : path;
            if (objects.find(to).filter(ObjectModel::takesConnections).isEmpty()) {
                throw new CloudObjectException(
                        Code.NOT_FOUND, "there is no cloud object '" + to + "' that takes connections");
            }
            Caller caller = addressing.call().map(Call::caller).orElseGet(Caller::server);
            Ticket ticket = new Ticket(
                    to, channel, null, encrypted, query, anonymous ? null : caller.login(), caller.client());
            return address(ticket, addressing.call().map(Call::baseUrl).orElse(null));
        }
    }
}
