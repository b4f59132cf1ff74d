import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A scenario's figures by server, the best first. */
record Table(Scenario scenario, List<Line> lines) {

    /** A server's: one spread for each column, and the rounds in which nothing came of {@code rounds}. */
    record Line(String server, List<Spread> figures, long hung, int rounds) {
        Spread first() {
            return figures.getFirst();
        }
    }

    static Table of(Scenario scenario, List<Row> rows) {
        List<Row> own = rows.stream().filter(row -> row.scenario().equals(scenario.name())).toList();
        Map<Integer, Row> floor = own.stream()
                .filter(row -> row.server().equals(Peer.FLOOR) && !row.hung())
                .collect(Collectors.toMap(Row::round, Function.identity(), (one, _) -> one));
        Map<String, List<Row>> servers = own.stream().collect(Collectors.groupingBy(Row::server, LinkedHashMap::new, Collectors.toList()));
        List<Line> lines = new ArrayList<>();
        servers.forEach((server, measured) -> {
            List<Row> good = measured.stream().filter(row -> !row.hung()).toList();
            List<Spread> figures = scenario.columns().stream()
                    .map(column -> Spread.of(good.stream().mapToDouble(row -> column.value().of(row, floor.get(row.round())))))
                    .toList();
            lines.add(new Line(server, figures, measured.size() - good.size(), measured.size()));
        });
        Comparator<Line> order = Comparator.comparingDouble(line -> line.first().median());
        Comparator<Line> best = scenario.moreIsBetter() ? order.reversed() : order;
        lines.sort(Comparator.comparing((Line line) -> line.first().empty()).thenComparing(best));
        return new Table(scenario, lines);
    }

    boolean empty() {
        return lines.isEmpty();
    }

    String markdown() {
        List<Column> columns = scenario.columns();
        StringBuilder text = new StringBuilder("| server |");
        columns.forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append(" rounds |\n|---|").append("---:|".repeat(columns.size() + 1)).append('\n');
        for (Line line : lines) {
            String name = line.server().equals(Peer.OURS) ? "**" + line.server() + "**" : line.server();
            text.append("| ").append(name).append(" |");
            for (int i = 0; i < columns.size(); i++) {
                text.append(' ').append(line.figures().get(i).text(columns.get(i).spread())).append(" |");
            }
            text.append(' ').append(line.rounds()).append(line.hung() > 0 ? ", " + line.hung() + " hung" : "").append(" |\n");
        }
        return text.toString();
    }
}
