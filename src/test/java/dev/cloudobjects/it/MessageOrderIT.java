package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Messages of one connection keep their order; those of different ones do not wait for each other. */
class MessageOrderIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    private static JsonObject say(int n) {
        return Client.json("say", n);
    }

    @Test
    void shouldNotHoldUpAConnectionForTheSlowHandlerOfAnother() {
        try (Socket slow = device.client().connect(LIFE);
                Socket quick = device.client().connect(LIFE)) {
            slow.send(Client.json("do", "wait")).send(say(1));
            quick.send(say(2));
            assertEquals(Json.createValue(2), quick.value());
            device.openGate();
            assertEquals(Json.createValue(1), slow.value());
        }
    }

    @Test
    void shouldKeepTheOrderOfEachClientUnderLoad() {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(CompletableFuture.runAsync(this::assertOrder));
        }
        clients.forEach(CompletableFuture::join);
    }

    private void assertOrder() {
        try (Socket socket = Client.anonymous().connect(LIFE)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 100; i++) {
                    socket.send(say(i));
                }
                for (int i = 0; i < 100; i++) {
                    assertEquals(Json.createValue(i), socket.value());
                }
            }
        }
    }
}
