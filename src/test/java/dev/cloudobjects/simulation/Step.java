package dev.cloudobjects.simulation;

import java.util.Random;
import java.util.Set;

/**
 * One step of a schedule. Its numbers mean something in every state, so a schedule from which steps are left out is one, too.
 *
 * @param what what happens
 * @param whom of which client, for most
 * @param how the rest
 */
record Step(Action what, int whom, int how) {

    static Step of(Random random, Set<Action> some) {
        return new Step(Action.of(random, some), random.nextInt(1 << 16), random.nextInt(1 << 16));
    }

    /** How, as one of so many. */
    int how(int many) {
        return how % many;
    }

    @Override
    public String toString() {
        return what + "(" + whom + "," + how + ")";
    }
}
