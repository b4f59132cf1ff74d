import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run has found: a file of one JSON object a line. The first is the run itself, each other one a measurement. */
final class Results implements AutoCloseable {

    private final Map<String, Object> run;
    private final List<Row> rows;
    private final BufferedWriter file;

    private Results(Map<String, Object> run, List<Row> rows, BufferedWriter file) {
        this.run = run;
        this.rows = rows;
        this.file = file;
    }

    static Results create(Path path, Machine machine, Lineup lineup, Options options) throws IOException {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("started", options.started());
        run.put("smoke", options.smoke());
        run.put("rounds", options.rounds());
        run.put("seconds", options.scale().measured());
        run.putAll(machine.values());
        lineup.versions().forEach((server, version) -> run.put("server " + server, version));
        lineup.leftOut().forEach((server, why) -> run.put("not run " + server, why));
        Results results = new Results(run, new ArrayList<>(), Files.newBufferedWriter(path));
        results.write(run);
        return results;
    }

    static Results read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new Trouble("There is no file " + path);
        }
        List<Map<String, Object>> lines = Files.readAllLines(path).stream().filter(line -> !line.isBlank()).map(Json::read).toList();
        return new Results(lines.getFirst(), lines.stream().skip(1).map(Row::of).toList(), null);
    }

    void add(Row row) throws IOException {
        rows.add(row);
        write(row.line());
    }

    private void write(Map<String, Object> line) throws IOException {
        file.write(Json.write(line));
        file.newLine();
        file.flush();
    }

    Map<String, Object> run() {
        return run;
    }

    /** The rounds that count. */
    List<Row> rows() {
        return rows.stream().filter(row -> row.round() > 0).toList();
    }

    /** What did not go well. */
    List<Row> problems() {
        return rows.stream().filter(row -> !row.problem().isEmpty()).toList();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
