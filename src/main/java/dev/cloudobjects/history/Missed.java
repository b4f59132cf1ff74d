package dev.cloudobjects.history;

import dev.cloudobjects.protocol.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member lacks, or the first part of it.
 *
 * @param messages the messages, in the order of their positions
 * @param epoch the epoch of the positions
 * @param pos the position up to which the member has all that is kept, once it has these
 * @param more whether there is more behind it
 * @param gap why something is missing that is kept no longer; {@code null} when nothing is
 */
public record Missed(List<Kept> messages, String epoch, long pos, boolean more, ServerFrame.@Nullable Gap gap) {}
