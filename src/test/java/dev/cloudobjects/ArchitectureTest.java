package dev.cloudobjects;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
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
