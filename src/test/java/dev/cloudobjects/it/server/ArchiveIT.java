package dev.cloudobjects.it.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.Advisories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was packed, without a server. */
class ArchiveIT {

    private static final Path ARCHIVE = Path.of(System.getProperty("it.war"));
    private static final Pattern OF_ITS_OWN =
            Pattern.compile("(dev/cloudobjects|META-INF/(resources/sdk|maven/dev\\.cloudobjects))/.*");

    private static Path beside(String suffix) {
        return ARCHIVE.resolveSibling(ARCHIVE.getFileName().toString().replace(".war", suffix));
    }

    @Test
    void shouldHaveNoLibraryThatIsKnownToBeVulnerable() throws IOException {
        assertEquals(List.of(), Advisories.ofProject().against(Advisories.read(beside(".cdx.json"))));
    }

    /** Settings, providers and descriptors there would be those of the application that it is a library of. */
    @Test
    void shouldChangeNothingOfAnotherApplicationByTheJarOfClasses() throws IOException {
        try (JarFile jar = new JarFile(beside("-classes.jar").toFile())) {
            Set<String> others = Collections.list(jar.entries()).stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> !OF_ITS_OWN.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
            String services = "META-INF/services/";
            // Extensions that look for cloud objects, and settings whose names begin with cloudobjects.
            Set<String> known = Set.of(
                    "META-INF/MANIFEST.MF",
                    "META-INF/beans.xml",
                    services + "jakarta.enterprise.inject.spi.Extension",
                    services + "org.eclipse.microprofile.config.spi.ConfigSource");
            assertEquals(new TreeSet<>(known), others);
            for (String name : known) {
                String text = new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
                if (name.startsWith(services)) {
                    assertTrue(text.lines().allMatch(line -> line.startsWith("dev.cloudobjects.")), text);
                }
                if (name.endsWith("beans.xml")) {
                    assertTrue(text.contains("bean-discovery-mode=\"annotated\"/>"), "alternatives or interceptors for all");
                }
            }
        }
    }
}
