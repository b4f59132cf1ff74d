import java.util.Locale;

/** Says what has come out, and how long the rest will take. */
final class Progress {

    private final int count;
    private final double estimate;
    private final long begin = System.nanoTime();
    private int done;
    private double estimateDone;

    /** Of so many measurements, which take so many seconds, about. */
    Progress(int count, double estimate) {
        this.count = count;
        this.estimate = estimate;
        System.out.printf(Locale.ROOT, "%d measurements, about %s%n", count, time(estimate));
    }

    void done(Scenario scenario, Peer peer, Row row) {
        done++;
        estimateDone += scenario.estimate(peer);
        double spent = (System.nanoTime() - begin) / 1e9;
        double left = (estimate - estimateDone) * spent / estimateDone;
        Column first = scenario.columns().getFirst();
        double figure = first.value().of(row, null);
        Column second = scenario.columns().get(1);
        String found = row.hung() ? "" : Double.isFinite(figure)
                ? Spread.text(figure) + " " + first.title()
                : Spread.text(second.value().of(row, null)) + " " + second.title();
        System.out.printf(
                Locale.ROOT, "[%d/%d, %s left] round %d, %s, %s: %s%s%n",
                done, count, time(left), row.round(), row.scenario(), row.server(), found,
                row.problem().isEmpty() ? "" : " PROBLEM: " + row.problem());
    }

    private static String time(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return "%d:%02d".formatted(whole / 60, whole % 60);
    }
}
