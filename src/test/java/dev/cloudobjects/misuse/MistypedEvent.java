package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Disconnection;

/** Has a method that its author takes for an event, and that callers would reach. */
@CloudObject("misuse/mistyped-event")
public class MistypedEvent {

    public void onWebsocketDisconnection(Disconnection how) {}
}
