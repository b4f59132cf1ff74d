package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.JsonOutline;
import dev.cloudobjects.json.JsonOutline.Member;
import dev.cloudobjects.json.JsonScanner;
import dev.cloudobjects.json.MalformedMessage;
import org.jspecify.annotations.Nullable;

/** Reads the member {@code resume} of a connect frame: a flag, or the session that the client wants back. */
final class ResumeReader {

    private final JsonMapper mapper;

    ResumeReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * How a client resumes; {@code null} when it does not.
     *
     * @param id the id of the frame, which a fault refers to
     * @throws MalformedMessage when it is neither a flag nor an object with {@code cid}, {@code secret} and {@code received}
     */
    ClientFrame.@Nullable Resume read(@Nullable Member resume, @Nullable Long id) {
        if (resume == null) {
            return null;
        }
        String value = resume.value();
        if (!value.startsWith("{")) {
            return V1Codec.flag(resume, "resume", id) ? new ClientFrame.Resume(null) : null;
        }
        JsonScanner scanner = new JsonScanner(value, mapper.limits());
        JsonOutline earlier = scanner.scan();
        return new ClientFrame.Resume(new ClientFrame.Earlier(
                V1Codec.text(earlier.find("cid"), "resume needs a cid, as a text", id),
                V1Codec.text(earlier.find("secret"), "resume needs a secret, as a text", id),
                count(earlier.find("received"), id)));
    }

    /** The count of frames that a member {@code received} says. */
    static long count(@Nullable Member received, @Nullable Long id) {
        long count = received == null ? -1 : WholeNumbers.find(received.value());
        if (count < 0) {
            String message = "received must be a whole number from 0 to " + WholeNumbers.MAX;
            throw new MalformedMessage(Code.BAD_REQUEST, message, id);
        }
        return count;
    }
}
