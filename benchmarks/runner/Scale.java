/** How large a run is: everything, or a smoke test that only shows that everything works. */
record Scale(boolean smoke, double seconds) {

    private static final int SMOKE_CONNECTIONS = 50;

    /** What a JIT compiler takes until it has got to everything, with room to spare. */
    private static final double WARMING_UP_SECONDS = 20;

    /** That of the round which only warms up. */
    Scale warmingUp() {
        return new Scale(smoke, Math.max(WARMING_UP_SECONDS, 3 * seconds));
    }

    int connections(int full) {
        return smoke ? Math.min(full, SMOKE_CONNECTIONS) : full;
    }

    /** Seconds of traffic that are not measured. */
    double warmUp() {
        return smoke ? 0.5 : 2;
    }

    /** Seconds that are. */
    double measured() {
        return smoke ? 2 : seconds;
    }
}
