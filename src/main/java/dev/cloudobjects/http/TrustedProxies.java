package dev.cloudobjects.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks whose forwarded headers are trusted. Immutable. */
final class TrustedProxies {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

    private static final Pattern WITH_PORT =
            Pattern.compile("(?:(?<four>[0-9.]{7,15}):\\d{1,5}|\\[(?<six>(?=[^]]*:)[0-9a-fA-F:.]{2,45})](?::\\d{1,5})?)");

    private final List<Network> networks;

    /** @throws IllegalArgumentException naming the one that is neither an address nor a network */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::parse).toList();
    }

    boolean trusts(String address) {
        return !networks.isEmpty() && parse(address).stream().anyMatch(this::trusts);
    }

    private boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** A hop as some proxies write it, {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}, without its port. */
    static String withoutPort(String hop) {
        Matcher hopWithPort = WITH_PORT.matcher(hop);
        if (!hopWithPort.matches()) {
            return hop;
        }
        String four = hopWithPort.group("four");
        return four == null ? hopWithPort.group("six") : four;
    }

    /** Whether a text is an IP address. */
    static boolean isAddress(String text) {
        return !parse(text).isEmpty();
    }

    private static List<InetAddress> parse(String literal) {
        // Any other text, such as "cafe", would be looked up as a host name.
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return List.of();
        }
        try {
            return List.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private record Network(byte[] base, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            String literal = slash < 0 ? text : text.substring(0, slash);
            List<InetAddress> base = TrustedProxies.parse(literal);
            if (base.isEmpty()) {
                throw new IllegalArgumentException(
                        "cloudobjects.proxies: '" + text + "' is not an address or a network such as 10.0.0.0/8");
            }
            byte[] address = base.get(0).getAddress();
            int all = address.length * Byte.SIZE;
            String said = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
            if (!said.matches("\\d{1,3}") || Integer.parseInt(said) > all) {
                throw new IllegalArgumentException(
                        "cloudobjects.proxies: '" + text + "' must have 0 to " + all + " bits behind its slash");
            }
            return new Network(address, Integer.parseInt(said));
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            int shift = base.length * Byte.SIZE - bits;
            return other.length == base.length
                    && new BigInteger(1, other).shiftRight(shift).equals(new BigInteger(1, base).shiftRight(shift));
        }
    }
}
