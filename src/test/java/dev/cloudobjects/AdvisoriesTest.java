package dev.cloudobjects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Advisories}; the archive itself is compared with them when it is there, by {@code ArchiveIT}. */
class AdvisoriesTest {

    private static JsonObject sbom(String... purls) {
        JsonArrayBuilder components = Json.createArrayBuilder();
        for (String purl : purls) {
            components.add(Json.createObjectBuilder().add("purl", purl));
        }
        return Json.createObjectBuilder().add("components", components).build();
    }

    private static JsonObject sbom(JsonObject advisory, String version) {
        return sbom("pkg:maven/" + advisory.getString("package").replace(':', '/') + "@" + version + "?type=jar");
    }

    private static Advisories of(String json) {
        return new Advisories(Json.createReader(new StringReader(json)).readObject());
    }

    static Stream<JsonObject> known() throws IOException {
        return Advisories.ofProject().all().stream();
    }

    /** So each line of the file would be found, and a new one joins by itself. */
    @ParameterizedTest
    @MethodSource("known")
    void shouldFindEachThatIsKnownInTheVersionThatBroughtItAndNotInTheOneThatMendedIt(JsonObject advisory)
            throws IOException {
        Advisories advisories = Advisories.ofProject();
        String found = advisory.getString("id") + " in " + advisory.getString("package") + " ";
        String introduced = advisory.getString("introduced");
        assertTrue(advisories.against(sbom(advisory, introduced)).contains(found + introduced));
        String fixed = advisory.getString("fixed", null);
        if (fixed != null) {
            assertFalse(of(Json.createObjectBuilder()
                            .add("packages", Json.createArrayBuilder().add(advisory.getString("package")))
                            .add("advisories", Json.createArrayBuilder().add(advisory))
                            .build()
                            .toString())
                    .against(sbom(advisory, fixed))
                    .contains(found + fixed));
        }
    }

    @Test
    void shouldFindWhatHasNotBeenMendedAndWhatIsKnownUpToAVersion() {
        Advisories advisories = of(
                """
                {"packages": ["a:b"], "advisories": [
                    {"id": "open", "package": "a:b", "introduced": "2"},
                    {"id": "upTo", "package": "a:b", "introduced": "0", "last": "2.1"}]}
                """);
        assertEquals(List.of("upTo in a:b 1.9"), advisories.against(sbom("pkg:maven/a/b@1.9?type=jar")));
        assertEquals(
                List.of("open in a:b 2.1", "upTo in a:b 2.1"), advisories.against(sbom("pkg:maven/a/b@2.1?type=jar")));
        assertEquals(List.of("open in a:b 2.2"), advisories.against(sbom("pkg:maven/a/b@2.2")));
    }

    @Test
    void shouldFindLibrariesThatNobodyHasAskedAbout() {
        Advisories advisories = of("{\"packages\": [\"a:b\"], \"advisories\": []}");
        assertEquals(List.of("nobody has asked about a:c"), advisories.against(sbom("pkg:maven/a/c@1?type=jar")));
        assertEquals(1, advisories.against(sbom("pkg:npm/b@1")).size());
    }

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.9, 1",
        "4.2.0.Alpha1, 4.2.0.Final, -1",
        "4.2.0.RC3, 4.2.0.Beta1, 1",
        "4.2.20.Final, 4.2.5.Final, 1",
        "4.1.118, 4.1.118.Final, 0",
        "2.0, 2, 0",
        "10.0.2-SNAPSHOT, 10.0.2, -1",
        "0, 0.0.1, -1"
    })
    void shouldOrderVersionsAsMavenDoes(String one, String other, int order) {
        assertEquals(order, Integer.signum(Advisories.compare(one, other)));
        assertEquals(-order, Integer.signum(Advisories.compare(other, one)));
    }
}
