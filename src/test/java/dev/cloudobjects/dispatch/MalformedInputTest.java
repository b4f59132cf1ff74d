package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.MismatchedData;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.users.LoginObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be read costs no question to whoever knows the users, and no row: nobody can load the database with it. */
class MalformedInputTest {

    private final Stage stage = new Stage();
    private final Session session =
            stage.connected(stage.bench.client().speaks(Dialect.V1).user("ann"));

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "{",
                "{\"type\":\"message\",\"data\":}",
                "{\"type\":\"message\",\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"type\":\"message\",\"data\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"message\",\"data\":{\"a\":1,\"\\u0061\":2}}",
                "{\"type\":\"message\",\"data\":" + "1".repeat(1_000_000) + "}",
                "{\"type\":\"message\",\"data\":1e99999}",
                "{\"type\":\"message\",\"id\":{\"$ne\":null},\"data\":1}",
                "{\"type\":{\"$gt\":\"\"},\"data\":1}",
                "{\"type\":\"auth\",\"token\":{\"$ne\":null}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldBeAnsweredWithoutAskingAnybody(String message) {
        int questions = stage.users.questions;
        int sent = stage.wire.sent().size();
        ConnectionDirectory directory = stage.bench.directory;
        long rows = directory.list(10).size();
        MalformedMessage why = assertThrows(
                MalformedMessage.class, () -> stage.gateway.received(session, Bench.link(session), Bench.link(session).codec().decode(message)));
        stage.gateway.malformed(session, Bench.link(session), why);
        stage.bench.run();
        assertEquals(sent + 1, stage.wire.sent().size());
        assertTrue(stage.lastSent().contains("\"code\":400"), stage.lastSent());
        assertEquals(List.of(), stage.handled);
        assertEquals(questions, stage.users.questions);
        assertEquals(rows, directory.list(10).size());
    }

    /** Operators of the database in the place of a text: the data is bound to a text before the method runs. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"$ne\":null}", "{\"$gt\":\"\"}", "[\"a\"]", "1", "true"})
    void shouldNeverReachTheLogin(String username) throws Exception {
        var data = Bench.JSON.parse(("{\"username\":" + username + ",\"password\":\"x\"}").getBytes("UTF-8"));
        assertThrows(MismatchedData.class, () -> Bench.JSON.read(data, LoginObject.Attempt.class));
    }
}
