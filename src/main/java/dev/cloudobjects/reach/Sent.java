package dev.cloudobjects.reach;

import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.SendResult;
import java.util.List;

/**
 * What became of a send so far.
 *
 * @param receipts one for each connection of the scope
 */
public record Sent(SendResult result, List<Receipt> receipts) {}
