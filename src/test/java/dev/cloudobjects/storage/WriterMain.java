package dev.cloudobjects.storage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes rows until it is killed, and says each number on standard output once it was acknowledged. */
public final class WriterMain {

    private WriterMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        NosqlDatabase database = TestDatabases.embedded(Path.of(arguments[0]), Note.SCHEMA);
        for (int number = 1; ; number++) {
            String id = String.valueOf(number);
            database.inUnitOfWork(entities -> {
                entities.persist(new Note("n" + id, "t" + id, "ann"));
                return true;
            });
            out.println("written " + id);
        }
    }
}
