package dev.cloudobjects.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run, which follow from a number.
 *
 * @param seed the number
 * @param clients how many clients there are
 */
record Schedule(long seed, int clients, List<Step> steps) {

    private static final int LENGTH = 120;
    private static final int MOST_CLIENTS = 3;

    static Schedule of(long seed) {
        // Apart from what else the number decides.
        Random random = new Random(seed ^ 0x5DEECE66DL << 7);
        int clients = 1 + random.nextInt(MOST_CLIENTS);
        Set<Action> some = Action.some(random);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            steps.add(Step.of(random, some));
        }
        return new Schedule(seed, clients, steps);
    }

    /**
     * What came of a run.
     *
     * @param fault what went wrong; {@code null} for nothing
     * @param events how much happened
     * @param seen what clients were told
     */
    record Outcome(@Nullable Throwable fault, long events, Set<String> seen) {}

    /** Runs it. @param notes where to write what happens; {@code null} for nowhere */
    Outcome run(SdkProcess sdk, Faults faults, @Nullable List<String> notes) {
        World world = null;
        Throwable fault = null;
        faults.clear();
        try {
            world = new World(sdk, seed, clients, notes);
            for (Step step : steps) {
                world.note("%s", step);
                Player.play(step, world);
                world.check();
                faults.check();
            }
            world.note("the end");
            world.windDown();
            faults.check();
        } catch (Contradiction | IllegalStateException | NullPointerException | IllegalArgumentException e) {
            fault = Optional.ofNullable(faults.first()).orElse(e);
        }
        return new Outcome(fault, world == null ? 0 : world.events(), world == null ? Set.of() : world.model.seen());
    }

    /** A shorter schedule that goes wrong as well. */
    Schedule shrunk(SdkProcess sdk, Faults faults) {
        List<Step> kept = new ArrayList<>(steps);
        for (int size = kept.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from + size <= kept.size(); ) {
                List<Step> fewer = new ArrayList<>(kept);
                fewer.subList(from, from + size).clear();
                if (new Schedule(seed, clients, fewer).run(sdk, faults, null).fault() == null) {
                    from += size;
                } else {
                    kept = fewer;
                }
            }
        }
        return new Schedule(seed, clients, kept);
    }
}
