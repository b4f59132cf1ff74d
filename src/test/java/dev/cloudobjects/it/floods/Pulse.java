package dev.cloudobjects.it.floods;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Does a few things again and again, each on a thread of its own, and tells how long each took. */
final class Pulse {

    private static final Duration PAUSE = Duration.ofMillis(60);

    private final Map<String, Runnable> beats = new LinkedHashMap<>();

    /** Times in milliseconds, in order. */
    record Times(List<Double> millis) {

        double median() {
            return at(0.5);
        }

        double p99() {
            return at(0.99);
        }

        private double at(double part) {
            return millis.get((int) Math.min(millis.size() - 1L, (long) (millis.size() * part)));
        }

        @Override
        public String toString() {
            return String.format("%d times, median %.1f ms, p99 %.1f ms", millis.size(), median(), p99());
        }
    }

    /** Does this as well; it throws when it did not succeed. */
    Pulse of(String what, Runnable beat) {
        beats.put(what, beat);
        return this;
    }

    /** Goes on for so long. */
    Map<String, Times> during(Duration time) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            long end = System.nanoTime() + time.toNanos();
            Map<String, Future<Times>> running = new LinkedHashMap<>();
            beats.forEach((what, beat) -> running.put(what, threads.submit(() -> times(beat, end))));
            Map<String, Times> all = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Times>> one : running.entrySet()) {
                all.put(one.getKey(), one.getValue().get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Times times(Runnable beat, long end) {
        List<Double> millis = new ArrayList<>();
        do {
            millis.add(time(beat));
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < end);
        Collections.sort(millis);
        return new Times(millis);
    }

    /** How many milliseconds something takes. */
    static double time(Runnable what) {
        long start = System.nanoTime();
        what.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
