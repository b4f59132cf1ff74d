package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Twenty logins at once, all of whose tokens must be good afterwards. */
public final class ParallelLogins {

    private ParallelLogins() {}

    static void twenty(Centre centre, String username) throws Exception {
        twenty(List.of(centre), username);
    }

    /** Spread over several user centres, as over the nodes of a cluster. */
    static void twenty(List<Centre> centres, String username) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(20);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> logins = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Centre centre = centres.get(i % centres.size());
            logins.add(pool.submit(() -> {
                go.await();
                return centre.token(username);
            }));
        }
        go.countDown();
        Set<String> sessions = new HashSet<>();
        for (Future<String> login : logins) {
            for (Centre centre : centres) {
                sessions.add(centre.accepted(login.get()).sessionId());
            }
        }
        pool.shutdown();
        assertEquals(20, sessions.size());
    }

    /** Twenty logins over two nodes that share a store, with room for all the sessions. */
    public static void onTwoNodes(AccountStore store) throws Exception {
        LoginSessionPolicy roomy = new LoginSessionPolicy(
                Centre.POLICY.life(), Centre.POLICY.renewal(), 30, false);
        Centre first = new Centre(store, roomy);
        first.register("alice");
        twenty(List.of(first, new Centre(store, roomy)), "alice");
    }
}
