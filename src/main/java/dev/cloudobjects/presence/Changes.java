package dev.cloudobjects.presence;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import java.util.Collection;
import java.util.List;

/**
 * What has changed in a place since the last time.
 *
 * @param place the place
 * @param version its version now
 * @param changes the changes, one or two of a member
 * @param watchers the cids of the connections that watch it
 * @param observed whether the application observes it
 */
public record Changes(
        Place place, long version, List<PresenceChange> changes, Collection<String> watchers, boolean observed) {}
