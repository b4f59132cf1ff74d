package dev.cloudobjects;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of tables in the documentation, to compare with what they are about. */
public final class DocumentTables {

    private DocumentTables() {}

    /** The rows of a page whose first cell begins with a text in code. */
    static List<String> rows(String page, String start) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("docs", page))) {
            return lines.filter(line -> line.startsWith("| `" + start)).toList();
        }
    }

    /** The rows of the table of a page that has this head, which is a whole line. */
    public static List<String> rowsBelow(String page, String head) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", page));
        int at = lines.indexOf(head);
        assertTrue(at >= 0, "docs/" + page + " has no table " + head);
        return lines.stream().skip(at + 2L).takeWhile(line -> line.startsWith("|")).toList();
    }

    /** A row as the documentation has it, its first cell in code. */
    static String row(String code, String... cells) {
        return Stream.concat(Stream.of("`" + code + "`"), Stream.of(cells))
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replace("|  |", "| |");
    }
}
