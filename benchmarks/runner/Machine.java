import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What all was measured on. */
record Machine(String jdk, String system, String processor, int cores, long memoryMib, String load) {

    static Machine look() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        long memory = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
        return new Machine(
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                processor,
                Runtime.getRuntime().availableProcessors(),
                memory / 1024,
                loads());
    }

    /** The load average of 1, 5 and 15 minutes. */
    static String loads() throws IOException {
        return String.join(" ", Files.readString(Path.of("/proc/loadavg")).split(" ")).replaceAll("^(\\S+ \\S+ \\S+).*\\s*$", "$1");
    }

    /** That of the last minute. */
    static double load1() throws IOException {
        return Double.parseDouble(loads().split(" ")[0]);
    }

    Map<String, Object> values() {
        return Map.of("jdk", jdk, "system", system, "processor", processor, "cores", cores, "memory_mib", memoryMib, "load", load);
    }

    String line() {
        return String.format(
                Locale.ROOT, "%s, %s, %s, %d cores, %d MiB, load average %s", jdk, system, processor, cores, memoryMib, load);
    }
}
