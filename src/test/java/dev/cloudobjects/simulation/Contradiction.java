package dev.cloudobjects.simulation;

/** Something happened that the model does not allow. */
final class Contradiction extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contradiction(String what) {
        super(what);
    }
}
