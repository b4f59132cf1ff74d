package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.misuse.BrokenFilter;
import dev.cloudobjects.misuse.EmptyPath;
import dev.cloudobjects.misuse.HookedSessionBean;
import dev.cloudobjects.misuse.MistypedEvent;
import dev.cloudobjects.misuse.TakenPath;
import dev.cloudobjects.misuse.TwoParameters;
import dev.cloudobjects.misuse.WrongEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that break a rule do not start and say which class breaks it, and nothing that they had opened is in the
 * way of the next one, on the same server.
 */
class BrokenDeploymentIT {

    private static final Duration DEPLOYMENT = Duration.ofSeconds(90);

    private static final List<Broken> BROKEN = List.of(
            new Broken(TakenPath.class, "its path 'user/pub/login' is also that of"),
            new Broken(EmptyPath.class, "path"),
            new Broken(WrongEvent.class, "onWebsocketDisConnection must take a Disconnection, not a String"),
            new Broken(MistypedEvent.class, "onWebsocketDisconnection is no event"),
            new Broken(TwoParameters.class, "add takes more than one parameter"),
            new Broken(HookedSessionBean.class, "a session bean has no hooks"),
            // The last one fails when the database is open already.
            new Broken(BrokenFilter.class, "filter misuse-broken-filter: '(' is not a regular expression"));

    /** A class that breaks a rule, and what the log says of it. */
    private record Broken(Class<?> type, String rule) {}

    @TempDir
    private Path folder;

    @Test
    void shouldFailNamingTheClassAndLetACorrectOneFollow() throws IOException {
        try (ServerProcess server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))) {
            boolean started = false;
            for (Broken broken : BROKEN) {
                int before = started ? server.log().length() : 0;
                server.deploy(with(broken.type()));
                if (!started) {
                    server.start();
                    started = true;
                }
                awaitFailure(server, before, broken);
            }
            server.deploy(Path.of(System.getProperty("it.war")));
            server.ready().client().register();
        }
    }

    private static void awaitFailure(ServerProcess server, int from, Broken broken) {
        Awaitility.await("the failure of " + broken).atMost(DEPLOYMENT).untilAsserted(() -> {
            String log = server.log().substring(from);
            assertTrue(log.contains("CWWKZ0002E") || log.contains("CWWKZ0004E"), log);
            assertTrue(log.contains(broken.rule()), log);
            // A filter has a name of its own, which its author knows it by.
            assertTrue(broken.type() == BrokenFilter.class || log.contains(broken.type().getName()), log);
        });
    }

    private Path with(Class<?> broken) {
        Path file = folder.resolve("broken.war");
        ShrinkWrap.create(ZipImporter.class)
                .importFrom(new File(System.getProperty("it.war")))
                .as(WebArchive.class)
                .addClasses(broken)
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }
}
