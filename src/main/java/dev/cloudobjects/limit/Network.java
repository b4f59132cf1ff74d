package dev.cloudobjects.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Maps a client address to the network that limits by address count. */
public final class Network {

    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /** The address itself for IPv4, the first 64 bits for IPv6: a client with one IPv6 address has the whole /64 network. */
    public static String of(String address) {
        // InetAddress would look up any other text in the DNS.
        if (!IPV6.matcher(address).matches()) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "::/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
