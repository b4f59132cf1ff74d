package dev.cloudobjects.users.nosql;

import dev.cloudobjects.users.Session;
import dev.cloudobjects.users.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as they are stored in {@code token[]}: {@code {sid, jti, did, iat, exp, prev, prev_exp}}, times in
 * milliseconds. Other elements of that array, such as VK's own tokens, are not ours and count for nothing.
 */
final class SessionDocuments {

    static final String LIST = "token";
    static final String REVISION = "token_revision";

    private SessionDocuments() {}

    static List<Document> write(List<Session> sessions) {
        return sessions.stream().map(SessionDocuments::write).toList();
    }

    static Sessions read(Document user) {
        List<Session> sessions = new ArrayList<>();
        if (user.get(LIST) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Document slot && slot.containsKey("sid")) {
                    sessions.add(readOne(slot));
                }
            }
        }
        long revision = user.get(REVISION) instanceof Number number ? number.longValue() : 0;
        return new Sessions(revision, sessions);
    }

    private static Document write(Session session) {
        Document slot = new Document("sid", session.id())
                .append("jti", session.tokenId())
                .append("iat", session.issuedAt().toEpochMilli())
                .append("exp", session.expiresAt().toEpochMilli());
        if (session.deviceId() != null) {
            slot.append("did", session.deviceId());
        }
        Session.Previous previous = session.previous();
        if (previous != null) {
            slot.append("prev", previous.tokenId()).append("prev_exp", previous.until().toEpochMilli());
        }
        return slot;
    }

    private static Session readOne(Document slot) {
        String previous = slot.getString("prev");
        return new Session(
                slot.getString("sid"),
                slot.getString("jti"),
                slot.getString("did"),
                instant(slot, "iat"),
                instant(slot, "exp"),
                previous == null ? null : new Session.Previous(previous, instant(slot, "prev_exp")));
    }

    private static Instant instant(Document slot, String name) {
        @Nullable Number millis = slot.get(name, Number.class);
        return Instant.ofEpochMilli(millis == null ? 0 : millis.longValue());
    }
}
