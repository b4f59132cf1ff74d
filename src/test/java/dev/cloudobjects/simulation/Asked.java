package dev.cloudobjects.simulation;

/** What the model knows of one request of a server. */
final class Asked {

    /** Which start of the server made it. */
    final int server;
    /** What the client is to do. */
    final String what;
    /** The client got it. */
    boolean heard;
    /** Whoever asked has the answer, or knows that there is none. */
    boolean over;

    Asked(int server, String what) {
        this.server = server;
        this.what = what;
    }
}
