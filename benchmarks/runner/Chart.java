import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars with whiskers from the least to the most, as SVG. No background, and colours that can be read on white and
 * on black alike: which of both a page shows cannot be asked from within an image.
 */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int RIGHT = 120;
    private static final int BAR = 14;
    private static final int STEP = 22;
    private static final int TOP = 48;

    private static final String TEXT = "#6e7781";
    private static final String OURS = "#2f81f7";
    private static final String FLOOR = "#2da44e";
    private static final String OTHERS = "#8c959f";

    private final StringBuilder svg = new StringBuilder();
    private final double scale;
    private int y = TOP;

    private Chart(double most) {
        scale = (WIDTH - LEFT - RIGHT) / most;
    }

    /** Of the first column of one or more tables, one group each, with its name if {@code named}. */
    static String of(String title, String direction, List<Table> tables, boolean named) {
        double most = tables.stream()
                .flatMap(table -> table.lines().stream())
                .mapToDouble(line -> line.first().empty() ? 0 : line.first().most())
                .max()
                .orElse(0);
        Chart chart = new Chart(most > 0 ? most : 1);
        for (Table table : tables) {
            chart.group(table, named);
        }
        return chart.finish(title, direction);
    }

    private void group(Table table, boolean named) {
        if (named) {
            text(0, y + BAR - 2, "start", "bold", table.scenario().name());
            y += STEP;
        }
        for (Table.Line line : table.lines()) {
            bar(line);
            y += STEP;
        }
        y += named ? STEP / 2 : 0;
    }

    private void bar(Table.Line line) {
        boolean ours = line.server().equals(Peer.OURS);
        String colour = ours ? OURS : line.server().equals(Peer.FLOOR) ? FLOOR : OTHERS;
        text(LEFT - 8, y + BAR - 3, "end", ours ? "bold" : "normal", line.server());
        Spread spread = line.first();
        if (spread.empty()) {
            text(LEFT + 4, y + BAR - 3, "start", "normal", line.hung() > 0 ? "hung" : "–");
            return;
        }
        add("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>",
                LEFT, y, Math.max(1, scale * Math.max(0, spread.median())), BAR, colour);
        double from = LEFT + scale * Math.max(0, spread.least());
        double to = LEFT + scale * Math.max(0, spread.most());
        if (to - from > 1) {
            int middle = y + BAR / 2;
            add("<path d=\"M%.1f %dH%.1fM%.1f %dv6M%.1f %dv6\" stroke=\"%s\" stroke-width=\"1.5\" fill=\"none\"/>",
                    from, middle, to, from, middle - 3, to, middle - 3, TEXT);
        }
        String hung = line.hung() > 0 ? ", " + line.hung() + " hung" : "";
        text(Math.max(to, LEFT) + 6, y + BAR - 3, "start", ours ? "bold" : "normal", spread.text(false) + hung);
    }

    private String finish(String title, String direction) {
        String head = String.format(Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="12" fill="%s">
                <title>%s</title>
                <text x="0" y="16" font-size="15" font-weight="bold">%s</text>
                <text x="0" y="34">Median, and the least and the most of the rounds; %s.</text>
                """,
                WIDTH, y + 4, WIDTH, y + 4, TEXT, escape(title), escape(title), direction);
        return head + svg + "</svg>\n";
    }

    private void text(double x, int baseline, String anchor, String weight, String text) {
        add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>", x, baseline, anchor, weight, escape(text));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
