import java.nio.file.Path;

/**
 * Measures Cloud Objects beside other WebSocket servers and beside the floor, a server that does nothing but write.
 *
 * <p>Started by {@code benchmarks/run}; see benchmarks/README.md.
 */
public final class Main {

    private Main() {}

    public static void main(String... arguments) throws Exception {
        try {
            System.exit(run(Options.parse(arguments)));
        } catch (Trouble e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int run(Options options) throws Exception {
        if (options.help()) {
            System.out.print(Options.USAGE);
            return 0;
        }
        if (options.report() != null) {
            Report.write(Results.read(options.report()), options.reportFolder());
            return 0;
        }
        Folders folders = Folders.find();
        // Also on Ctrl-C: whatever was started is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll));

        Machine machine = Machine.look();
        System.out.println(machine.line());
        Path load = Load.build(folders);
        Lineup built = Lineup.build(folders, options);

        Path file = folders.results().resolve(options.started() + ".jsonl");
        try (Lab lab = new Lab(folders, load, options.port())) {
            Lineup lineup = built.started(lab);
            try (Results results = Results.create(file, machine, lineup, options)) {
                Bench.of(options, lineup).run(lab, results);
                Report.write(results, options.reportFolder(folders));
                System.out.println("report: " + options.reportFolder(folders).resolve("report.md"));
                return options.smoke() && !results.problems().isEmpty() ? 1 : 0;
            }
        }
    }
}
