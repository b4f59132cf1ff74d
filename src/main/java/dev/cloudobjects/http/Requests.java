package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the caller, the client's address and the base url from a request. Forwarded headers count only from trusted proxies. */
@UnproxiedSingleton
public class Requests {

    private static final String BEARER = "bearer ";
    private static final int MAX_WORD = 256;

    private final TrustedProxies proxies;
    private final List<String> origins;
    private final String publicUrl;
    private final IdentityProvider users;

    @Inject
    Requests(Settings settings, IdentityProvider users) {
        this.proxies = new TrustedProxies(settings.get(Keys.TRUSTED_PROXIES));
        this.origins = settings.get(Keys.ORIGINS);
        this.publicUrl = settings.get(Keys.PUBLIC_URL);
        this.users = users;
    }

    /** The caller, authenticated by {@code uni-id-token} or {@code Authorization: Bearer}, never by a cookie. */
    public Caller caller(RequestHead request) {
        return caller(client(request), token(request));
    }

    /** The caller with this token; anonymous without one. May query the database. */
    Caller caller(Caller.Client client, @Nullable String token) {
        Authentication authentication =
                token == null ? Authentication.ANONYMOUS : users.authenticate(token, client.deviceId());
        return new Caller(authentication, token, client);
    }

    /**
     * The path after that of the servlet, exactly as the client wrote it. A path that the server would have to decode or to
     * normalize, because of {@code ..}, {@code //} or {@code ;}, is not found.
     *
     * @throws Refused with code 404
     */
    public static String path(RequestHead request) {
        if (!request.isPlain()) {
            throw new Refused(
                    Code.NOT_FOUND,
                    "a path is written without empty segments, dots for a segment, semicolons and escapes");
        }
        String path = request.path();
        return path.isEmpty() ? "" : path.substring(1);
    }

    /** The client as its headers describe it. */
    public Caller.Client client(RequestHead request) {
        return new Caller.Client(
                word(request, "vk-appid"),
                word(request, "vk-device-id"),
                word(request, "vk-platform"),
                word(request, "vk-os"),
                word(request, "vk-locale"),
                word(request, "User-Agent"),
                address(request));
    }

    /** The client's address: the last one in {@code X-Forwarded-For} that no trusted proxy has. */
    public String address(RequestHead request) {
        String address = request.remoteAddress();
        if (!proxies.trusts(address)) {
            return address;
        }
        // A proxy may add a header line after one that the client forged.
        List<String> hops = new ArrayList<>();
        for (String line : request.headers("X-Forwarded-For")) {
            hops.addAll(Arrays.asList(line.split(",")));
        }
        for (int i = hops.size() - 1; i >= 0 && proxies.trusts(address); i--) {
            String hop = TrustedProxies.withoutPort(hops.get(i).strip());
            if (!TrustedProxies.isAddress(hop)) {
                return address;
            }
            address = hop;
        }
        return address;
    }

    /** The address that the client reached the application at: {@code http(s)://host[:port][/path]}. */
    public String baseUrl(RequestHead request) {
        if (!publicUrl.isEmpty()) {
            return publicUrl;
        }
        boolean proxied = proxies.trusts(request.remoteAddress());
        String scheme = proxied ? first(request, "X-Forwarded-Proto", request.scheme()) : request.scheme();
        String host = proxied ? first(request, "X-Forwarded-Host", host(request)) : host(request);
        String secure = scheme.equals("https") || scheme.equals("wss") ? "https" : "http";
        return secure + "://" + host + request.contextPath();
    }

    /** Whether the origin of the request is the server's own or configured. A request without an origin does not come from a page. */
    boolean originAllowed(RequestHead request) {
        String origin = request.header("Origin");
        return origin == null || sameOrigin(origin, baseUrl(request)) || origins.contains(origin);
    }

    private static boolean sameOrigin(String origin, String base) {
        return normal(origin).equals(normal(base)) && !normal(origin).isEmpty();
    }

    /** Scheme, host and port, the default port included; empty for what is not an origin, such as {@code null}. */
    private static String normal(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getUserInfo() != null) {
                return "";
            }
            int port = uri.getPort() != -1 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
            return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The token of a request. */
    static @Nullable String token(RequestHead request) {
        String own = request.header("uni-id-token");
        if (own != null && !own.isBlank()) {
            return own.strip();
        }
        String authorization = request.header("Authorization");
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private static String host(RequestHead request) {
        String host = request.header("Host");
        return host == null ? request.server() : host;
    }

    private static String first(RequestHead request, String header, String otherwise) {
        String value = request.header(header);
        return value == null || value.isBlank() ? otherwise : value.split(",")[0].strip();
    }

    private static @Nullable String word(RequestHead request, String header) {
        String value = request.header(header);
        if (value == null || value.isBlank()) {
            return null;
        }
        return value.length() > MAX_WORD ? value.substring(0, MAX_WORD) : value;
    }
}
