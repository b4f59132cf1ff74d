package dev.cloudobjects.session;

import dev.cloudobjects.link.Tracked;

/** What a session keeps because of sends with options: made for the first of them, and freed with the session. */
final class SendState {

    private final OptionSends sends;
    private final HeldBack held;
    private final OpenReceipts receipts = new OpenReceipts();

    SendState(OptionSends sends, HeldBack held) {
        this.sends = sends;
        this.held = held;
    }

    HeldBack held() {
        return held;
    }

    OpenReceipts receipts() {
        return receipts;
    }

    /** Called a few times a second. */
    void tick(Session session) {
        sends.tick(session, this);
    }

    /** The session is about to be closed in good order, and takes no more messages: what is held back leaves first. */
    void flush(Session session) {
        sends.flush(session, this);
    }

    /** What is held back was meant for another user. */
    void forgetHeld() {
        OptionSends.tell(held.forget(), Tracked::dropped);
    }

    /** The session has ended. */
    void end() {
        held.end();
        receipts.end();
    }
}
