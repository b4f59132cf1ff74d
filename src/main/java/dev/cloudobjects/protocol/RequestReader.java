package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.JsonOutline;
import dev.cloudobjects.json.JsonOutline.Member;
import dev.cloudobjects.json.JsonScanner;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the frames by which a client makes and answers requests. Each method throws {@link MalformedMessage}. */
final class RequestReader {

    /** The most characters of a message with which a client fails. */
    private static final int MOST_CHARACTERS = 1000;

    private final JsonMapper mapper;

    RequestReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    ClientFrame.Request request(JsonOutline frame, @Nullable Long id, Payload data) {
        Member method = frame.find("method");
        return new ClientFrame.Request(
                needed(id, "request"),
                method == null ? null : V1Codec.text(method, "method must be a text", id),
                credit(frame.find("credit"), id),
                data);
    }

    ClientFrame.Response response(JsonOutline frame, @Nullable Long id, Payload data) {
        Member err = frame.find("err");
        return new ClientFrame.Response(
                needed(id, "response"),
                number(frame.find("re"), "re", id),
                err == null ? data : Payload.NULL,
                err == null ? null : error(err.value(), id));
    }

    ClientFrame.Cancel cancel(JsonOutline frame, @Nullable Long id) {
        return new ClientFrame.Cancel(number(frame.find("re"), "re", id));
    }

    ClientFrame.Credit credit(JsonOutline frame, @Nullable Long id) {
        return new ClientFrame.Credit(
                number(frame.find("re"), "re", id), number(frame.find("total"), "total", id));
    }

    private static long needed(@Nullable Long id, String type) {
        if (id == null) {
            throw new MalformedMessage("a " + type + " needs an id");
        }
        return id;
    }

    private static @Nullable Integer credit(@Nullable Member credit, @Nullable Long id) {
        if (credit == null) {
            return null;
        }
        long count = WholeNumbers.find(credit.value());
        if (count < 1 || count > ClientFrame.Request.MAX_CREDIT) {
            throw malformed("credit must be a whole number from 1 to " + ClientFrame.Request.MAX_CREDIT, id);
        }
        return (int) count;
    }

    private static long number(@Nullable Member member, String name, @Nullable Long id) {
        long number = member == null ? 0 : WholeNumbers.find(member.value());
        if (number < 1) {
            throw malformed(name + " must be a whole number from 1 to " + WholeNumbers.MAX, id);
        }
        return number;
    }

    private ErrorBody error(String value, @Nullable Long id) {
        if (!value.startsWith("{")) {
            throw malformed("err must be an object with code and msg", id);
        }
        JsonOutline err = new JsonScanner(value, mapper.limits()).scan();
        Member msg = err.find("msg");
        String text = msg == null ? "" : V1Codec.text(msg, "err.msg must be a text", id);
        if (text.length() > MOST_CHARACTERS) {
            throw malformed("err.msg has " + text.length() + " characters, the limit is " + MOST_CHARACTERS, id);
        }
        return new ErrorBody(code(err.find("code"), id), text, null);
    }

    private static int code(@Nullable Member code, @Nullable Long id) {
        try {
            int value = new BigDecimal(code == null ? "" : code.value()).intValueExact();
            if (value != Code.OK.value()) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // It is refused like 0.
        }
        throw malformed("err.code must be a whole number of 32 bits other than 0", id);
    }

    private static MalformedMessage malformed(String why, @Nullable Long id) {
        return new MalformedMessage(Code.BAD_REQUEST, why, id);
    }
}
