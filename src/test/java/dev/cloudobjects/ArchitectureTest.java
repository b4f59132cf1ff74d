package dev.cloudobjects;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.config.Keys;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages depend on each other as their package-info files say, exactly: no more, and no less. */
class ArchitectureTest {

    private static final String ROOT = "dev.cloudobjects.";
    private static final Path SOURCES = Path.of("src/main/java/dev/cloudobjects");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cloudobjects");

    /** From the sentence that begins with "Depends on" to the end of the comment. */
    private static final Pattern DECLARATION = Pattern.compile("[Dd]epends? on (.*?)\\*/", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\\{@code ([a-z.]+)}");

    static Stream<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("packages")
    void shouldDependOnWhatItsPackageInfoSays(String name) throws IOException {
        String declaration = declaration(name);
        if (!declaration.startsWith("everything")) {
            assertEquals(declared(declaration), actual(name), "the dependencies of " + name);
        }
    }

    @Test
    void shouldDescribeEveryPackage() throws IOException {
        Set<String> withClasses = new TreeSet<>();
        CLASSES.forEach(type -> withClasses.add(relative(type)));
        assertEquals(withClasses, new TreeSet<>(packages().toList()));
    }

    @Test
    void shouldBeFreeOfCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKeepMicroProfileBehindTwoDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "config", ROOT + "observe.microprofile")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile..")
                .check(CLASSES);
    }

    @Test
    void shouldRunOnOtherServersThanLiberty() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.ibm..", "io.openliberty..")
                .check(CLASSES);
    }

    /**
     * Whoever calls a class that it is not compiled against finds out at run time that the class has changed. So that is done in
     * {@code liberty} alone. The others reflect on classes of an application ({@code objects}), on what only some JDKs have
     * ({@code TermSignal}, {@code Threads}), and on a library that may be absent ({@code EmbeddedServer}).
     */
    @Test
    void shouldReflectOnTheServerInOneRoom() {
        Set<String> reflecting = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            Stream.concat(type.getAccessesFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                    .filter(ArchitectureTest::reflects)
                    .forEach(access -> reflecting.add(outermost(type).getName().substring(ROOT.length())));
        }
        assertTrue(reflecting.removeIf(name -> name.startsWith("liberty.")), "the search finds nothing");
        assertTrue(reflecting.removeIf(name -> name.startsWith("objects.")), "the search finds nothing");
        assertEquals(Set.of("boot.TermSignal", "link.Threads", "storage.EmbeddedServer"), reflecting);
    }

    private static boolean reflects(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return (owner.isEquivalentTo(Method.class) && name.equals("invoke"))
                || (owner.isEquivalentTo(Class.class) && name.equals("forName"))
                || (owner.isAssignableTo(ClassLoader.class) && name.equals("loadClass"))
                || (owner.isEquivalentTo(Constructor.class) && name.equals("newInstance"))
                || (owner.isEquivalentTo(Field.class) && (name.startsWith("get") || name.startsWith("set")) && name.length() == 3)
                || name.equals("setAccessible")
                || owner.getName().equals("java.lang.invoke.MethodHandles$Lookup");
    }

    /** A server keeps the class that asked for a logger first: see {@link dev.cloudobjects.log.Loggers}. */
    @Test
    void shouldGetLoggersInOneWay() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "log.Loggers")
                .should()
                .callMethod(Logger.class, "getLogger", String.class)
                .check(CLASSES);
    }

    @Test
    void shouldGiveApplicationsTypesThatNeedNoContainerOfOurs() {
        classes()
                .that()
                .resideInAPackage(ROOT + "api")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "api", "java..", "jakarta..", "org.jspecify..")
                .check(CLASSES);
    }

    /** What lasts is measured by a clock that never jumps; the time of day is asked of the one source that tests replace. */
    @Test
    void shouldReadTheTimeOfDayFromItsSourceOnly() {
        assertEquals(Set.of("config.ClockProducer"), timeReaders(ArchitectureTest::isStatic));
    }

    /** Whoever reads the time of day says in {@link ClockFaultsTest} what holds while it is set. */
    @Test
    void shouldTestEveryReaderOfTheTimeOfDayWhileItIsSet() {
        Set<String> untested = timeReaders(access -> !isStatic(access));
        assertTrue(untested.contains("security.Tokens"), "the search finds nothing");
        ClockFaultsTest.faults().forEach(fault -> untested.remove(fault.reader().getName().substring(ROOT.length())));
        assertEquals(Set.of(), untested);
    }

    private static Set<String> timeReaders(Predicate<JavaAccess<?>> kind) {
        Set<String> readers = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            Stream.concat(type.getAccessesFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                    .filter(ArchitectureTest::readsTimeOfDay)
                    .filter(kind)
                    .forEach(access -> readers.add(outermost(type).getName().substring(ROOT.length())));
        }
        return readers;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static boolean readsTimeOfDay(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        if (owner.isAssignableTo(InstantSource.class)) {
            return !owner.getPackageName().startsWith(ROOT);
        }
        boolean now = owner.getPackageName().startsWith("java.time") && name.equals("now");
        boolean system = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        boolean made = Set.of("java.util.Date", "java.util.GregorianCalendar").contains(owner.getName())
                && access.getTarget() instanceof AccessTarget.ConstructorCallTarget target
                && target.getRawParameterTypes().isEmpty();
        return now || system || made || (owner.isEquivalentTo(Calendar.class) && name.equals("getInstance"));
    }

    /** Read from the system, by whoever it is; not from an object that a test may give. */
    private static boolean isStatic(JavaAccess<?> access) {
        return !(access.getTargetOwner().isAssignableTo(InstantSource.class)
                && Set.of("instant", "millis", "withZone").contains(access.getTarget().getName()));
    }

    /** The annotation can't name the constant: packages that depend on {@code api} alone have it too. */
    @Test
    void shouldEnableBeansByKeysThatThereAre() {
        Set<String> named = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.tryGetAnnotationOfType(EnabledBy.class).ifPresent(condition -> named.add(condition.value()));
        }
        assertEquals(new TreeSet<>(Set.of(Keys.BENCH.name(), Keys.DEMO.name(), Keys.OIDC.name())), named);
    }

    private static String declaration(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java"));
        Matcher matcher = DECLARATION.matcher(source);
        if (!matcher.find()) {
            throw new AssertionError("the package-info of " + name + " does not say what it depends on");
        }
        return matcher.group(1);
    }

    private static Set<String> declared(String declaration) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(declaration).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static Set<String> actual(String name) {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (relative(type).equals(name)) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ROOT)) {
                        names.add(relative(target));
                    }
                }
            }
        }
        names.remove(name);
        return names;
    }

    private static String relative(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
