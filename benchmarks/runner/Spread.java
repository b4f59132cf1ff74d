import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Some figures of the same kind: their median, and how far they lie apart. */
record Spread(double median, double least, double most) {

    static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /** Of all that are numbers. */
    static Spread of(DoubleStream figures) {
        double[] sorted = figures.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean empty() {
        return Double.isNaN(median);
    }

    /** The median, and with it the least and the most where they differ from it. */
    String text(boolean whole) {
        if (empty()) {
            return "–";
        }
        boolean one = text(least).equals(text(most));
        return text(median) + (whole && !one ? " (" + text(least) + "–" + text(most) + ")" : "");
    }

    /** Three digits that count, more for large numbers. */
    static String text(double figure) {
        double size = Math.abs(figure);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, figure);
    }
}
