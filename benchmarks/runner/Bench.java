import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rounds. Each goes through all scenarios, and each scenario through its servers, beginning with another one every round:
 * machines drift, so only what was measured close together may be compared. Scenarios that take a fresh server each time have
 * their rounds last, when the servers that stay have ended.
 */
record Bench(List<Measurement> plan, List<Peer> peers, boolean smoke) {

    /** One that is to come. */
    record Measurement(int round, Scenario scenario, Peer peer) {}

    static Bench of(Options options, Lineup lineup) {
        List<Measurement> plan = new ArrayList<>();
        for (boolean fresh : List.of(false, true)) {
            if (!fresh && !options.smoke()) {
                plan.addAll(round(0, options.scenarios(options.scale().warmingUp()), lineup.peers(), fresh));
            }
            for (int round = 1; round <= options.rounds(); round++) {
                plan.addAll(round(round, options.scenarios(options.scale()), lineup.peers(), fresh));
            }
        }
        return new Bench(plan, lineup.peers(), options.smoke());
    }

    void run(Lab lab, Results results) throws IOException, InterruptedException {
        Progress progress = new Progress(plan.size(), plan.stream().mapToDouble(one -> one.scenario().estimate(one.peer())).sum());
        for (Measurement one : plan) {
            if (fresh(one.scenario()) && !smoke) {
                peers.forEach(lab::discard);
            }
            Row row = new Row(one.scenario().name(), one.peer().name(), one.round(), measure(lab, one));
            results.add(row);
            if (row.hung()) {
                // Whatever holds it up would hold up the next measurement, too.
                lab.discard(one.peer());
            }
            progress.done(one.scenario(), one.peer(), row);
        }
    }

    private static List<Measurement> round(int round, List<Scenario> scenarios, List<Peer> peers, boolean fresh) {
        List<Measurement> plan = new ArrayList<>();
        for (Scenario scenario : scenarios.stream().filter(any -> fresh(any) == fresh).toList()) {
            List<Peer> taking = new ArrayList<>(peers.stream().filter(scenario::takes).toList());
            Collections.rotate(taking, -round);
            taking.forEach(peer -> plan.add(new Measurement(round, scenario, peer)));
        }
        return plan;
    }

    private static boolean fresh(Scenario scenario) {
        return switch (scenario) {
            case Traffic _, Stalled _, Encrypted _ -> false;
            case Idle _, Connects _, StartTime _ -> true;
        };
    }

    private static Map<String, Object> measure(Lab lab, Measurement one) throws IOException, InterruptedException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("load", Machine.load1());
        try {
            values.putAll(one.scenario().measure(lab, one.peer()));
        } catch (IOException e) {
            Children.stopIfEnding();
            values.put("problem", String.valueOf(e.getMessage()));
            values.put("hung", true);
        }
        return values;
    }
}
