package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MismatchedData;
import dev.cloudobjects.json.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client's answer to a request, as the application asked for it. */
final class ClientAnswer {

    private ClientAnswer() {}

    /** The answer as a value of a type. Who cancels it cancels the request. */
    static <T> CompletableFuture<T> of(CompletableFuture<Payload> answer, Class<T> type, JsonMapper json) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletionStage<Payload> answered = answer;
        answered.whenComplete((data, failure) -> complete(result, data, failure, type, json));
        CompletionStage<T> told = result;
        told.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                answer.cancel(false);
            }
        });
        return result;
    }

    private static <T> void complete(
            CompletableFuture<T> result, @Nullable Payload data, @Nullable Throwable failure, Class<T> type, JsonMapper json) {
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        try {
            T value = json.read(data == null ? Payload.NULL : data, type);
            result.complete(value);
        } catch (MismatchedData e) {
            result.completeExceptionally(
                    new CloudObjectException(Code.BAD_REQUEST, "the client's answer: " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
