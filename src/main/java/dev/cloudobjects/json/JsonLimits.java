package dev.cloudobjects.json;

/**
 * What JSON from a client may not exceed.
 *
 * @param maxDepth the deepest nesting of objects and arrays; a value that is neither has depth 0
 * @param maxKeys the most keys, over all objects of one text
 * @param maxElements the most elements, over all lists of one text
 * @param maxNumberLength the longest number, in characters
 */
public record JsonLimits(int maxDepth, int maxKeys, int maxElements, int maxNumberLength) {

    public JsonLimits {
        positive("maxDepth", maxDepth);
        positive("maxKeys", maxKeys);
        positive("maxElements", maxElements);
        positive("maxNumberLength", maxNumberLength);
    }

    /** The same limits with room for the frame around the data. */
    public JsonLimits aroundData() {
        int depth = maxDepth == Integer.MAX_VALUE ? maxDepth : maxDepth + 1;
        return new JsonLimits(depth, maxKeys, maxElements, maxNumberLength);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but is " + value);
        }
    }
}
