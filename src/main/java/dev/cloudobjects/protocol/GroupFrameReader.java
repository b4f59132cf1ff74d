package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.JsonOutline;
import dev.cloudobjects.json.JsonOutline.Member;
import dev.cloudobjects.json.JsonScanner;
import dev.cloudobjects.json.MalformedMessage;
import org.jspecify.annotations.Nullable;

/** Reads the frames by which a client asks for messages of a group, and for members of a place. */
final class GroupFrameReader {

    private static final int MOST_MEMBERS = 100;

    private final JsonMapper mapper;

    GroupFrameReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws MalformedMessage when there is no group, or a position that is none */
    static ClientFrame catchUp(JsonOutline frame, @Nullable Long id) {
        String group = V1Codec.text(frame.find("group"), "a catchup frame needs a group, as a text", id);
        Member epoch = frame.find("epoch");
        Member pos = frame.find("pos");
        if (epoch == null && pos == null) {
            return new ClientFrame.CatchUp(id, group, null);
        }
        long number = pos == null ? -1 : WholeNumbers.find(pos.value());
        if (number < 0) {
            String message = "pos must be a whole number from 0 to " + WholeNumbers.MAX + ", beside epoch";
            throw new MalformedMessage(Code.BAD_REQUEST, message, id);
        }
        String of = V1Codec.text(epoch, "pos needs an epoch, as a text", id);
        return new ClientFrame.CatchUp(id, group, new ServerFrame.Position(group, number, of));
    }

    /** @throws MalformedMessage when there is no place, or a limit that is none */
    ClientFrame here(JsonOutline frame, @Nullable Long id) {
        Member after = frame.find("after");
        Member limit = frame.find("limit");
        long most = limit == null ? MOST_MEMBERS : WholeNumbers.find(limit.value());
        if (most < 1 || most > MOST_MEMBERS) {
            String message = "limit must be a whole number from 1 to " + MOST_MEMBERS;
            throw new MalformedMessage(Code.BAD_REQUEST, message, id);
        }
        return new ClientFrame.Here(
                id,
                place(frame.find("place"), id),
                after == null ? null : V1Codec.text(after, "after must be a text", id),
                (int) most);
    }

    private Place place(@Nullable Member member, @Nullable Long id) {
        JsonOutline place = member == null || !member.value().startsWith("{")
                ? null
                : new JsonScanner(member.value(), mapper.limits()).scan();
        Place found = null;
        for (Place.Kind kind : Place.Kind.values()) {
            Member name = place == null ? null : place.find(V1Encoder.name(kind));
            if (name != null && found != null) {
                found = null;
                break;
            }
            if (name != null) {
                String text = V1Codec.text(name, "the name of a place must be a text", id);
                try {
                    found = new Place(null, kind, text);
                } catch (IllegalArgumentException e) {
                    throw new MalformedMessage(Code.BAD_REQUEST, "place: " + e.getMessage(), id);
                }
            }
        }
        if (place == null || found == null) {
            String message = "a here frame needs a place, as an object with one of group, channel and user";
            throw new MalformedMessage(Code.BAD_REQUEST, message, id);
        }
        Member path = place.find("path");
        return path == null ? found : found.at(V1Codec.text(path, "the path of a place must be a text", id));
    }
}
