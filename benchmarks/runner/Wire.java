import java.util.List;

/**
 * How a peer is asked for one kind of work.
 *
 * @param path of the WebSocket
 * @param message around the data, which takes the place of {@code %s}
 * @param options of the load generator: what a connection says first, and the like
 */
record Wire(String path, String message, List<String> options) {

    static final int BACKLOG = 8;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz01234";

    /** A path where data travel as they are. */
    static Wire plain(String path, String... options) {
        return new Wire(path, "%s", List.of(options));
    }

    /** A message as the load generator takes it: about 130 bytes, or with a body of the given length. */
    String message(int body) {
        String text = body == 0 ? LETTERS : LETTERS.repeat(body / LETTERS.length() + 1).substring(0, body);
        return message.formatted("{\"type\":\"msg\",\"channel\":\"room-1\",\"from\":\"user-000001\",\"t\":\"%T\",\"body\":\"" + text + "\"}");
    }
}
