package dev.cloudobjects.api;

import java.util.List;

/**
 * Which of several connections are alive.
 *
 * @param aliveCount how many are
 * @param allCount how many were asked for
 * @param aliveConnIds those that are, in the order asked
 * @param deadConnIds those that are not, in the order asked
 */
public record Liveness(int aliveCount, int allCount, List<String> aliveConnIds, List<String> deadConnIds) {}
