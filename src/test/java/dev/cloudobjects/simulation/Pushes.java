package dev.cloudobjects.simulation;

import dev.cloudobjects.api.SendOption;
import java.util.HashMap;
import java.util.Map;

/** What the model knows of the messages that a session was sent with policies: some of them arrive, and of each key the last one. */
final class Pushes {

    private final Map<Integer, SendOption.Policy> policies = new HashMap<>();
    private final Map<SendOption.Policy, Integer> lastSent = new HashMap<>();
    private final Map<SendOption.Policy, Integer> lastGot = new HashMap<>();

    void sent(int number, SendOption.Policy policy) {
        policies.put(number, policy);
        lastSent.put(policy, number);
    }

    /** It was not queued, so what must arrive is the one before. Which one that was is not kept: none must. */
    void notQueued(int number) {
        lastSent.remove(policies.get(number), number);
    }

    /** The client got a message; false when it was sent without a policy. */
    boolean got(int number) {
        SendOption.Policy policy = policies.get(number);
        if (policy == null) {
            return false;
        }
        Integer before = lastGot.put(policy, number);
        if (before != null && before >= number) {
            throw new Contradiction("message " + number + " of " + policy + " came behind " + before);
        }
        return true;
    }

    /** Whatever was sent has arrived, if it had to. */
    void checkComplete(String cid) {
        lastSent.forEach((policy, number) -> {
            if (!(policy instanceof SendOption.DropOldest) && lastGot.getOrDefault(policy, 0) < number) {
                throw new Contradiction("session " + cid + " did not get message " + number + ", the last of " + policy);
            }
        });
    }
}
