package dev.cloudobjects.users.nosql;

import dev.cloudobjects.users.LoginSession;
import dev.cloudobjects.users.LoginSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Converts login sessions to and from the elements of {@code token[]}:
 * {@code {sid, jti, did, iat, exp, prev, prev_exp}}, times in milliseconds. Other elements, such as VK's tokens, are
 * ignored.
 */
final class LoginSessionDocuments {

    static final String LIST = "token";
    static final String REVISION = "token_revision";

    private LoginSessionDocuments() {}

    static List<Document> write(List<LoginSession> sessions) {
        return sessions.stream().map(LoginSessionDocuments::write).toList();
    }

    static LoginSessions read(Document user) {
        List<LoginSession> sessions = new ArrayList<>();
        if (user.get(LIST) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Document slot && slot.containsKey("sid")) {
                    sessions.add(readOne(slot));
                }
            }
        }
        long revision = user.get(REVISION) instanceof Number number ? number.longValue() : 0;
        return new LoginSessions(revision, sessions);
    }

    private static Document write(LoginSession session) {
        Document slot = new Document("sid", session.id())
                .append("jti", session.tokenId())
                .append("iat", session.issuedAt().toEpochMilli())
                .append("exp", session.expiresAt().toEpochMilli());
        if (session.deviceId() != null) {
            slot.append("did", session.deviceId());
        }
        LoginSession.Previous previous = session.previous();
        if (previous != null) {
            slot.append("prev", previous.tokenId()).append("prev_exp", previous.until().toEpochMilli());
        }
        return slot;
    }

    private static LoginSession readOne(Document slot) {
        String previous = slot.getString("prev");
        return new LoginSession(
                slot.getString("sid"),
                slot.getString("jti"),
                slot.getString("did"),
                instant(slot, "iat"),
                instant(slot, "exp"),
                previous == null ? null : new LoginSession.Previous(previous, instant(slot, "prev_exp")));
    }

    private static Instant instant(Document slot, String name) {
        @Nullable Number millis = slot.get(name, Number.class);
        return Instant.ofEpochMilli(millis == null ? 0 : millis.longValue());
    }
}
