package dev.cloudobjects.simulation;

import dev.cloudobjects.api.SendOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Plays the steps of a schedule. */
final class Player {

    private static final List<String> MILD =
            List.of("ok", "ok", "ok", "reply", "reply", "join", "leave", "shout", "fail", "refuse", "deep");
    private static final List<String> ALL = Stream.concat(MILD.stream(), Stream.of("close", "bye", "hang"))
            .toList();
    private static final List<String> HAPPENINGS = List.of("offline", "online", "hidden", "visible");
    private static final List<String> ANSWERS = List.of("answer", "answer", "fail", "never");
    private static final int[] TIMES = {1, 20, 100, 300, 1000, 2000, 5000, 11_000, 17_000, 25_000};
    private static final List<String> GROUPS = List.of("a", "b");
    private static final List<SendOption.Policy> POLICIES = List.of(
            SendOption.dropOldest(),
            SendOption.newestOf("a"),
            SendOption.newestOf("b"),
            SendOption.atMost(1, "a"),
            SendOption.atMost(4, "b"));
    private static final int LARGE = 5000;
    private static final int RECENT = 4;

    private Player() {}

    static void play(Step step, World world) {
        Client client = world.clients.get(step.whom() % world.clients.size());
        String group = GROUPS.get(step.how(GROUPS.size()));
        Server server = world.server();
        List<String> whats = world.limits.mild() ? MILD : ALL;
        switch (step.what()) {
            case FLOW -> world.flow(1 + step.whom() % 12, new Random(step.how()));
            case SETTLE -> world.settle();
            case PASS -> world.pass(Duration.ofMillis(TIMES[step.how(TIMES.length)]), false);
            case CALM -> world.pass(Duration.ofMillis(TIMES[step.how(TIMES.length)]), true);
            case SEND -> server.send(cid(step, world));
            case PUSH -> server.push(cid(step, world), POLICIES.get(step.how(POLICIES.size())));
            case SHOUT -> server.shout(group);
            case ASK -> server.ask(cid(step, world), ANSWERS.get(step.how(ANSWERS.size())), step.how() / 64 % 4 == 0);
            case CANCEL -> client.cancel();
            case JOIN -> server.join(cid(step, world), group);
            case LEAVE -> server.leave(cid(step, world), group);
            case CLOSE -> server.close(cid(step, world));
            case FORCE_LOGOUT -> server.forceLogout(cid(step, world));
            case REVOKE -> client.revoke();
            case SAY -> {
                int size = step.how() / 64 % 8 == 0 ? LARGE : 0;
                client.say(whats.get(step.how(whats.size())), size, step.how() / 1024 % 8 == 0, step.how() / 8192 % 3 == 0);
            }
            case REACT -> client.react(whats.get(step.how(whats.size())));
            case CONNECT -> client.connect();
            case HANG_UP -> client.hangUp();
            case RECONNECT -> client.reconnect();
            case NOTICE -> client.notice(HAPPENINGS.get(step.how(HAPPENINGS.size())));
            case LOGIN -> client.login(step.how());
            case RENEW -> client.renew();
            case LOGOUT -> client.logout();
            case BREAK -> {
                Socket socket = world.network().any(step.whom());
                if (socket != null) {
                    int how = step.how();
                    world.note("socket %d breaks", socket.id);
                    socket.breakOff(how / 8 % 4, (how & 1) == 0, (how & 2) == 0, (how & 4) == 0);
                }
            }
            case STALL -> {
                Socket socket = world.network().any(step.whom());
                if (socket != null) {
                    socket.stall(step.how(2) == 0);
                }
            }
            case OUTAGE -> world.network().outage();
            case REFUSE -> server.refuse();
            case MEANWHILE -> {
                Step next = Step.of(new Random(step.how()), EnumSet.allOf(Action.class));
                world.ambush(next.what() == Action.MEANWHILE || next.what() == Action.RESTART || next.what() == Action.CRASH
                        ? new Step(Action.FLOW, step.whom(), step.how())
                        : next);
            }
            case DRAIN -> world.drain();
            case RESTART -> world.restart();
            case CRASH -> world.crash();
        }
    }

    /** One of the last sessions, mostly one that is there. */
    private static String cid(Step step, World world) {
        List<Conversation> all = world.model.conversations();
        if (all.isEmpty()) {
            return "nobody";
        }
        int back = step.whom() % Math.min(all.size(), RECENT + world.clients.size());
        return all.get(all.size() - 1 - back).cid;
    }
}
