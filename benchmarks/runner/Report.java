import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's results for readers: {@code report.md}, with a table and a chart for each scenario, and one chart of all. */
final class Report {

    private Report() {}

    static void write(Results results, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> run = results.run();
        Scale scale = new Scale((Boolean) run.get("smoke"), ((Number) run.get("seconds")).doubleValue());
        List<Table> tables = Scenario.all(scale).stream()
                .map(scenario -> Table.of(scenario, results.rows()))
                .filter(table -> !table.empty())
                .toList();
        StringBuilder text = new StringBuilder(head(run, results.rows()));
        List<Table> ratios = tables.stream()
                .filter(table -> table.scenario().columns().getFirst().title().equals("× floor"))
                .toList();
        if (!ratios.isEmpty()) {
            Files.writeString(folder.resolve("summary.svg"), Chart.of("Processor time per message, × floor", "less is better", ratios, true));
            text.append("![Processor time per message as a multiple of the floor](summary.svg)\n\n");
        }
        for (Table table : tables) {
            Scenario scenario = table.scenario();
            String title = scenario.name() + ": " + scenario.columns().getFirst().title();
            String direction = scenario.moreIsBetter() ? "more is better" : "less is better";
            Files.writeString(folder.resolve(scenario.name() + ".svg"), Chart.of(title, direction, List.of(table), false));
            text.append("## ").append(scenario.name()).append("\n\n").append(scenario.about()).append("\n\n")
                    .append(table.markdown()).append("\n![").append(title).append("](").append(scenario.name()).append(".svg)\n\n");
        }
        text.append(problems(results.problems()));
        Files.writeString(folder.resolve("report.md"), text.toString().stripTrailing() + "\n");
    }

    private static String head(Map<String, Object> run, List<Row> rows) {
        Spread load = Spread.of(rows.stream().mapToDouble(row -> row.number("load")));
        StringBuilder text = new StringBuilder("# Benchmark of ").append(run.get("started")).append("\n\n");
        if ((Boolean) run.get("smoke")) {
            text.append("**A smoke test: small, short, cold. It shows that everything works, not how fast.**\n\n");
        }
        text.append(String.format(Locale.ROOT,
                """
                Medians of the rounds, with the least and the most in brackets. A ratio to the floor is taken within one round.
                The load generator and the servers share the machine.

                | | |
                |---|---|
                | processor | %s, %.0f cores, %,.0f MiB |
                | system | %s |
                | JDK | %s |
                | rounds, measured seconds | %.0f, %.0f |
                | load average | %s before, %s at the measurements |
                """,
                run.get("processor"), number(run, "cores"), number(run, "memory_mib"), run.get("system"), run.get("jdk"),
                number(run, "rounds"), number(run, "seconds"), run.get("load"), load.text(true)));
        named(run, "server ").forEach((server, version) -> text.append("| ").append(server).append(" | ")
                .append(server.equals(Peer.FLOOR) ? "the floor: epoll and write, in C" : version).append(" |\n"));
        named(run, "not run ").forEach((server, why) -> text.append("| ").append(server).append(" | not run: ").append(cell(why)).append(" |\n"));
        return text.append('\n').toString();
    }

    private static double number(Map<String, Object> run, String name) {
        return ((Number) run.get(name)).doubleValue();
    }

    private static Map<String, String> named(Map<String, Object> run, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        run.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value.toString());
            }
        });
        return found;
    }

    private static String problems(List<Row> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return rows.stream()
                .map(row -> "| %s | %s | %d | %s |".formatted(row.scenario(), row.server(), row.round(), cell(row.problem())))
                .collect(Collectors.joining("\n", "## Problems\n\n| scenario | server | round | |\n|---|---|---|---|\n", "\n"));
    }

    private static String cell(String text) {
        String line = text.replaceAll("\\s+", " ").replace("|", "\\|").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
