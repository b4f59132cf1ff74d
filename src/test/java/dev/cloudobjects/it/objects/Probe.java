package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import java.util.Map;

/** An object that says when it was reached: by a connection, by a message and by a call, under one and the same rule. */
public abstract class Probe {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    public void onWebsocketConnection() {}

    public void onWebsocketMessage() {
        ws.reply(Map.of("reached", client.filterResponse()));
    }

    public Result hit() {
        return Result.ok("reached", client.filterResponse());
    }

    /** Lets everybody connect, so that a message alone meets the rule. */
    public abstract static class Door extends Probe {

        @Pub
        @Override
        public void onWebsocketConnection() {}
    }
}
