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

/** Where this server listens, so that it can connect to itself. */
public final class LibertyEndpoints {

    /** Open Liberty has one of these for each port that is open. */
    private static final String OPEN = "WebSphere:feature=channelfw,type=endpoint,name=*";

    private static final String ENCRYPTED = "-ssl";

    private final MBeanServer beans;

    LibertyEndpoints(MBeanServer beans) {
        this.beans = beans;
    }

    public static LibertyEndpoints ofThisProcess() {
        return new LibertyEndpoints(ManagementFactory.getPlatformMBeanServer());
    }

    /** Those that are open and speak plain HTTP; none where the server does not say. */
    public List<SelfTestTarget> open(String contextPath) {
        List<SelfTestTarget> open = new ArrayList<>();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName(OPEN), null)) {
                if (!name.getKeyProperty("name").endsWith(ENCRYPTED)) {
                    open.add(target(name, contextPath));
                }
            }
        } catch (JMException | RuntimeException e) {
            // One has closed meanwhile, or says something else: as if it were not there.
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
