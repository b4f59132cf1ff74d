package dev.cloudobjects.json;

/** The limits of JSON in tests. */
public final class TestLimits {

    public static final JsonLimits LIMITS = new JsonLimits(32, 1000, 65536, 100);

    private TestLimits() {}
}
