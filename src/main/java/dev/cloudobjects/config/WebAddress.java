package dev.cloudobjects.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes web addresses to the form that browsers send: scheme and host in lower case, no default port, no slash at the
 * end. So configured origins can be compared with the header {@code Origin}.
 */
final class WebAddress {

    private static final int LAST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::(?<port>\\d{1,5}))?"
                    + "(?<path>(?:/[a-z0-9._~!$&'()*+,;=:@%-]+)*)/?",
            Pattern.CASE_INSENSITIVE);

    private WebAddress() {}

    /** The base address of an application; empty for an empty text. @throws IllegalArgumentException with the reason */
    static String base(String text) {
        if (text.isEmpty()) {
            return "";
        }
        Matcher address = match(text);
        String origin = origin(address);
        if (!origin.startsWith("http://") && !origin.startsWith("https://")) {
            throw new IllegalArgumentException("the scheme is neither http nor https");
        }
        return origin + address.group("path");
    }

    /** Origins separated by commas, of any scheme, because apps have their own. @throws IllegalArgumentException naming an invalid one */
    static List<String> origins(String text) {
        return Parsers.list(text).stream().map(WebAddress::origin).toList();
    }

    private static String origin(String text) {
        Matcher address = match(text);
        if (!address.group("path").isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has a path");
        }
        return origin(address);
    }

    private static Matcher match(String text) {
        Matcher address = FORM.matcher(text);
        if (!address.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a web address");
        }
        return address;
    }

    private static String origin(Matcher address) {
        String origin = (address.group("scheme") + "://" + address.group("host")).toLowerCase(Locale.ROOT);
        if (address.group("port") == null) {
            return origin;
        }
        int port = Integer.parseInt(address.group("port"));
        if (port > LAST_PORT) {
            throw new IllegalArgumentException("there is no port " + port);
        }
        boolean isDefault = origin.startsWith("https:") ? port == 443 : origin.startsWith("http:") && port == 80;
        return isDefault ? origin : origin + ":" + port;
    }
}
