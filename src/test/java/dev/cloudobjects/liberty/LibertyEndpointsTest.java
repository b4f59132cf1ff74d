package dev.cloudobjects.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.http.FakeRequest;
import dev.cloudobjects.socket.servlet.SelfTestTarget;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class LibertyEndpointsTest {

    /** With the attributes of Liberty's. */
    public interface OpenMBean {
        String getHost();

        int getPort();
    }

    /** One without them. */
    public interface OtherMBean {}

    public record Open(String host, int port) implements OpenMBean {
        @Override
        public String getHost() {
            return host;
        }

        @Override
        public int getPort() {
            return port;
        }
    }

    public static final class Other implements OtherMBean {}

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private final LibertyEndpoints endpoints = new LibertyEndpoints(beans);

    private void register(String name, Object bean) throws Exception {
        beans.registerMBean(bean, new ObjectName("WebSphere:feature=channelfw,type=endpoint,name=" + name));
    }

    @Test
    void shouldFindWhatIsOpenWithoutTls() throws Exception {
        register("any", new Open("*", 9080));
        register("any-ssl", new Open("*", 9443));
        register("one", new Open("127.0.0.2", 9081));
        Set<String> found = endpoints.open("/here").stream()
                .map(target -> target.host() + " " + target.address().getPort() + " " + target.contextPath())
                .collect(Collectors.toSet());
        assertEquals(Set.of("localhost:9080 9080 /here", "127.0.0.2:9081 9081 /here"), found);
    }

    @Test
    void shouldFindNothingWhereTheServerDoesNotSay() throws Exception {
        assertEquals(List.of(), new LibertyEndpoints(ManagementFactory.getPlatformMBeanServer()).open(""));
        register("strange", new Other());
        assertEquals(List.of(), endpoints.open(""));
    }

    @Test
    void shouldReachWhereARequestCameTo() {
        SelfTestTarget target = SelfTestTarget.of(new FakeRequest()
                .to(new InetSocketAddress("127.0.0.3", 81))
                .header("Host", "shop.example")
                .root("/shop")
                .request());
        assertEquals(new SelfTestTarget(new InetSocketAddress("127.0.0.3", 81), "shop.example", "/shop"), target);
    }
}
