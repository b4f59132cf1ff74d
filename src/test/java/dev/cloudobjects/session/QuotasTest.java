package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many connections there may be. */
class QuotasTest {

    private static Bench bench(Quotas quotas) {
        SessionLimits limits = Bench.LIMITS;
        return new Bench(
                new MemoryDirectory(),
                new SessionLimits(
                        limits.inboxMessages(),
                        limits.inboxBytes(),
                        limits.inboxTotalBytes(),
                        limits.acceptTimeout(),
                        limits.messageRate(),
                        quotas,
                        limits.resume(),
                        limits.sends()),
                1_000_000);
    }

    private static int refusal(Bench bench, Session like) {
        return bench.sessions.crowdedOut(like.caller()).map(CloudObjectException::code).orElse(0);
    }

    @Test
    void shouldCountThoseOfEachUser() {
        Bench bench = bench(new Quotas(0, 2, 0));
        Session first = bench.client().user("ann").accepted();
        assertEquals(0, refusal(bench, first));
        Session second = bench.client().user("ann").path("chat/other").open();
        assertEquals(429, refusal(bench, first));
        assertEquals(0, refusal(bench, bench.client().user("ben").accepted()));
        assertEquals(0, refusal(bench, bench.client().accepted()));
        bench.sessions.end(second, SessionEnd.byPeer(1000, ""));
        assertEquals(0, refusal(bench, first));
    }

    @Test
    void shouldCountThoseFromEachAddress() {
        Bench bench = bench(new Quotas(0, 0, 3));
        bench.client().user("ann").accepted();
        bench.client().user("ben").accepted();
        Session third = bench.client().accepted();
        assertEquals(429, refusal(bench, third));
        bench.sessions.end(third, SessionEnd.byPeer(1000, ""));
        assertEquals(0, refusal(bench, third));
    }

    @Test
    void shouldCountThemAll() {
        Bench bench = bench(new Quotas(2, 0, 0));
        bench.client().accepted();
        Session second = bench.client().open();
        assertEquals(503, refusal(bench, second));
    }

    @Test
    void shouldCloseThoseThatCameInWhileOthersDid() {
        Bench bench = bench(new Quotas(0, 2, 0));
        List<FakeWire> wires = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FakeWire wire = new FakeWire();
            wires.add(wire);
            Session session = bench.client().user("ann").open(wire);
            assertEquals(i < 2, bench.sessions.accept(session));
        }
        bench.run();
        for (int i = 0; i < 5; i++) {
            assertEquals(i < 2 ? 0 : 1, wires.get(i).closes().size());
        }
        assertTrue(wires.get(4).closes().get(0).startsWith("close 1013 a user may have 2 connections"), wires.toString());
        assertTrue(wires.get(4).log().get(0).contains("\"code\":429"), wires.get(4).log().toString());
        assertEquals(3, bench.meters.value(Meter.CONNECTIONS_CROWDED_OUT));
        assertEquals(List.of(), bench.ended, "none was accepted and told of its end");
    }

    @Test
    void shouldKeepNothingOfConnectionsThatAreGone() {
        Bench bench = bench(new Quotas(0, 2, 2));
        for (int i = 0; i < 100; i++) {
            Session session = bench.client().user("user " + i).accepted();
            Login login = Objects.requireNonNull(session.caller().login());
            bench.logins.rejected(session, login, new Authentication.Rejected(Code.TOKEN_REVOKED));
            bench.sessions.end(session, SessionEnd.byPeer(1000, ""));
        }
        assertEquals(0, bench.registry.counted());
        assertEquals(0, bench.registry.keys());
    }

    @Test
    void shouldLimitAddressesOnlyWhereProxiesAreNamed() {
        assertEquals(new Quotas(20_000, 20, 0), Quotas.of(Settings.defaults()));
        Map<String, String> proxied = Map.of("cloudobjects.proxies", "10.0.0.0/8");
        assertEquals(
                new Quotas(20_000, 20, 200), Quotas.of(new Settings(name -> Optional.ofNullable(proxied.get(name)))));
    }
}
