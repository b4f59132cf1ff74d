package dev.cloudobjects.handshake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cloudobjects.api.CloudObjectException;

/** The name of a channel is taken as the client wrote it, or refused with a message that is safe to log. */
class ChannelNameFuzzTest {

    @FuzzTest
    void shouldReadChannelNames(FuzzedDataProvider data) {
        String name = data.consumeRemainingAsString();
        try {
            String channel = Admission.channel(name);
            assertTrue(channel != null && channel.equals(name) && channel.length() <= 64);
        } catch (CloudObjectException e) {
            assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
        }
    }
}
