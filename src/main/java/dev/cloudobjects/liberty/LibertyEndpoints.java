package dev.cloudobjects.liberty;

import dev.cloudobjects.socket.servlet.SelfTestTarget;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The ports that Open Liberty listens on, from its MBeans. */
public final class LibertyEndpoints {

    /** Open Liberty registers one of these for each open port. */
    private static final String OPEN_PORTS = "WebSphere:feature=channelfw,type=endpoint,name=*";

    private static final String ENCRYPTED = "-ssl";

    private final MBeanServer beans;

    LibertyEndpoints(MBeanServer beans) {
        this.beans = beans;
    }

    public static LibertyEndpoints ofThisProcess() {
        return new LibertyEndpoints(ManagementFactory.getPlatformMBeanServer());
    }

    /** The open ports without TLS; none on a server without these MBeans. */
    public List<SelfTestTarget> open(String contextPath) {
        List<SelfTestTarget> open = new ArrayList<>();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName(OPEN_PORTS), null)) {
                if (!name.getKeyProperty("name").endsWith(ENCRYPTED)) {
                    open.add(target(name, contextPath));
                }
            }
        } catch (JMException | RuntimeException e) {
            // A port was closed in the meantime, or the MBean differs from that of 26.0.0.5.
        }
        return open;
    }

    private SelfTestTarget target(ObjectName name, String contextPath) throws JMException {
        String host = String.valueOf(beans.getAttribute(name, "Host"));
        int port = (Integer) Objects.requireNonNull(beans.getAttribute(name, "Port"));
        boolean any = host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
        InetSocketAddress address = any
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(host, port);
        return new SelfTestTarget(address, (any ? "localhost" : host) + ":" + port, contextPath);
    }
}
