package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Sends to one connection, with the options that a test asks for. */
@CloudObject("it/pub.outbound")
public class OutboundObject {

    private static final long PATIENCE = 20;

    @Inject
    WebSocketManage ws;

    /** @param size the bytes of each message, about */
    public record Order(String cid, String option, int first, int count, int size) {

        SendOption[] options() {
            return switch (option) {
                case "newestOf" -> new SendOption[] {SendOption.newestOf("key")};
                case "atMost" -> new SendOption[] {SendOption.atMost(2, "key")};
                case "dropOldest" -> new SendOption[] {SendOption.dropOldest()};
                default -> new SendOption[0];
            };
        }

        String message(int number) {
            return number + ":" + "x".repeat(size);
        }
    }

    /** Sends messages one after another, and counts what became of them. */
    public Result flood(Order order) {
        int queued = 0;
        int replaced = 0;
        for (int i = 0; i < order.count(); i++) {
            SendResult sent = ws.send(
                    to -> to.cid(order.cid()), order.message(order.first() + i), order.options());
            queued += sent.queued();
            replaced += sent.replaced();
        }
        return Result.ok("queued", queued).with("replaced", replaced);
    }

    /** Sends one message, and waits for what its receipt says. */
    public Result track(Order order) throws Exception {
        Receipt receipt = ws.sendTracked(
                        to -> to.cid(order.cid()), order.message(order.first()), Until.valueOf(order.option()))
                .receipts()
                .toCompletableFuture()
                .get(PATIENCE, TimeUnit.SECONDS)
                .get(0);
        return Result.ok("cid", receipt.cid())
                .with(
                        "outcome",
                        receipt.outcome().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS).name());
    }
}
