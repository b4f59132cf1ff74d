package dev.cloudobjects.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A send that reports what became of its message.
 *
 * @param result what became of it so far
 * @param receipts one receipt for each connection that was meant. It is complete when the method returns; inside a transaction it
 *     completes with the commit, and fails with code -1 after a rollback
 */
public record TrackedSend(SendResult result, CompletionStage<List<Receipt>> receipts) {}
