/** Something that the user has to mend, said in one message, without a stack trace. */
final class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1;

    Trouble(String message) {
        super(message, null, false, false);
    }
}
