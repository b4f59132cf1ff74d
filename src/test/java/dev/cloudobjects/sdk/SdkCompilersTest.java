package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.DocumentTables;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The types of the SDK, as applications see them that have installed it: in the versions of TypeScript that {@code docs/sdk.md} lists. */
class SdkCompilersTest {

    private static final String NAME = "@cloud-objects/sdk";
    private static final String IN_SOURCES = "../../../main/webapp/sdk/";
    private static final String WRONG_USE = "// @ts-expect-error";
    private static final List<String> COMPILERS = List.of("typescript-5.0", "typescript-5.4", "typescript");
    private static final List<String> RESOLUTIONS = List.of("node16", "nodenext", "bundler");
    /** A library for every platform, and for those without a DOM what the sample needs beside it. */
    private static final String CONSOLE = "declare const console: { log(...data: unknown[]): void };\n";

    @TempDir
    private static Path project;

    private static Path packages;

    /** A compiler, and how it looks for modules. */
    record Cell(String compiler, String resolution) {

        @Override
        public String toString() {
            String wish = SdkProject.read(Node.TESTS.resolve("typescript/package.json"))
                    .getJsonObject("devDependencies")
                    .getString(compiler);
            return wish.substring(wish.lastIndexOf('@') + 1) + " | `" + resolution + "` | on, off";
        }
    }

    static Stream<Cell> cells() {
        return COMPILERS.stream().flatMap(compiler -> RESOLUTIONS.stream().map(resolution -> new Cell(compiler, resolution)));
    }

    @BeforeAll
    static void install() throws IOException {
        packages = Npm.packages("typescript");
        SdkProject.install(project, packages);
        String sample = Files.readString(Node.TESTS.resolve("types/sample.ts"))
                .replace(IN_SOURCES + "index.js", NAME)
                .replace(IN_SOURCES + "types.js", NAME + "/types");
        assertFalse(sample.contains(IN_SOURCES), "the sample uses what the package does not export");
        Files.writeString(project.resolve("sample.ts"), sample);
        Files.writeString(project.resolve("wrong.ts"), sample.replace(WRONG_USE, "//"));
        Files.writeString(project.resolve("entries.ts"), entries());
        Files.writeString(project.resolve("console.d.ts"), CONSOLE);
    }

    /** An import of every name that the package exports. */
    private static String entries() {
        StringBuilder code = new StringBuilder();
        JsonObject exports = SdkProject.read(project.resolve("node_modules").resolve(NAME).resolve("package.json"))
                .getJsonObject("exports");
        exports.forEach((name, where) -> {
            if (where instanceof JsonObject conditions) {
                String alias = "entry" + code.length();
                String kind = conditions.containsKey("default") ? "import" : "import type";
                code.append("%s * as %s from \"%s\";%n".formatted(kind, alias, NAME + name.substring(1)));
                code.append("export type %s = typeof %s;%n".formatted(alias.toUpperCase(Locale.ROOT), alias));
            }
        });
        return code.toString();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldCompileAnApplication(Cell cell) throws IOException {
        for (boolean skipLibCheck : List.of(true, false)) {
            // Without the DOM where the library is checked, too: the SDK is for every platform.
            String files = skipLibCheck ? "" : "\"console.d.ts\", ";
            Node.Outcome outcome = compile(cell, skipLibCheck, skipLibCheck, files + "\"entries.ts\", \"sample.ts\"");
            assertEquals("", outcome.out() + outcome.err(), () -> cell + " " + skipLibCheck);
            assertEquals(0, outcome.exit());
        }
    }

    @ParameterizedTest
    @FieldSource("COMPILERS")
    void shouldRefuseEachWrongUse(String compiler) throws IOException {
        long wrong = Files.readString(project.resolve("sample.ts")).lines().filter(line -> line.contains(WRONG_USE)).count();
        assertTrue(wrong > 0);
        String said = compile(new Cell(compiler, "bundler"), true, false, "\"console.d.ts\", \"wrong.ts\"").out();
        assertEquals(wrong, said.lines().filter(line -> line.contains("wrong.ts(")).count(), said);
    }

    private static Node.Outcome compile(Cell cell, boolean skipLibCheck, boolean dom, String files) throws IOException {
        String module = cell.resolution().equals("bundler") ? "esnext" : cell.resolution();
        Path configuration = Files.writeString(
                project.resolve("tsconfig.json"),
                """
                {
                  "compilerOptions": {
                    "strict": true,
                    "noEmit": true,
                    "target": "es2022",
                    "lib": ["es2022"%s],
                    "types": [],
                    "module": "%s",
                    "moduleResolution": "%s",
                    "skipLibCheck": %s
                  },
                  "files": [%s]
                }
                """
                        .formatted(dom ? ", \"dom\"" : "", module, cell.resolution(), skipLibCheck, files));
        Path compiler = packages.resolve("node_modules").resolve(cell.compiler()).resolve("lib/tsc.js");
        return Node.run(Map.of(), List.of(compiler.toString(), "--pretty", "false", "-p", configuration.toString()));
    }

    @Test
    void shouldHaveATestForEachRowOfTheDocumentation() throws IOException {
        assertEquals(
                cells().map(cell -> "| " + cell + " |").toList(),
                DocumentTables.rowsBelow("sdk.md", "| TypeScript | `moduleResolution` | `skipLibCheck` |"));
    }
}
