package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;

/** What both dialects write of an event behind its type: {@code ,"data":…,"err":…,"close":true}, if there. */
final class EventMembers {

    private EventMembers() {}

    static String of(ServerFrame.Event event, JsonMapper mapper) {
        StringBuilder text = new StringBuilder();
        Payload.Json data = event.data();
        if (data != null) {
            text.append(",\"data\":").append(data.text());
        }
        ErrorBody err = event.err();
        if (err != null) {
            text.append(",\"err\":{\"code\":").append(err.code()).append(",\"msg\":").append(mapper.quote(err.msg()));
            String requestId = err.requestId();
            if (requestId != null) {
                text.append(",\"requestId\":").append(mapper.quote(requestId));
            }
            text.append('}');
        }
        if (event.close()) {
            text.append(",\"close\":true");
        }
        return text.toString();
    }
}
