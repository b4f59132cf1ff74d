package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;

/** Takes another type than its event brings. */
@CloudObject("misuse/wrong-event")
public class WrongEvent {

    public void onWebsocketDisConnection(String text) {}
}
