package dev.cloudobjects.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Liveness;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.TrackedSend;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CallConnection;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.log.AuditLines;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.time.ManualClock;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketManageTest {

    private static final AttributeLimits LIMITS = new AttributeLimits(3, 100);
    private static final Set<String> OBJECTS = Set.of(Bench.PATH, "other", "x");

    private final Bench bench = new Bench();
    private final FakeUsers users = new FakeUsers();
    private final List<String> revoked = users.revoked;
    private final CurrentCall current = new CurrentCall();
    private final Transaction transaction = new Transaction();
    private final WebSocketManage ws = view(Bench.PATH);

    private WebSocketManage view(String path) {
        AfterCommit afterCommit = new AfterCommit();
        afterCommit.transactions = transaction.registry();
        return new WebSocketManageView(
                new ManageService(bench.reach, bench.groups, bench.presence, users, afterCommit),
                new SignedURLs(),
                Bench.JSON,
                LIMITS,
                Duration.ofSeconds(30),
                new Addressing(current, path, OBJECTS::contains));
    }

    /** A call that came through a connection is in progress from now on. */
    private void calledThrough(Session session) {
        current.enter(new CurrentCall.InCall(call("other", session)));
    }

    private static void assertFails(String part, org.junit.jupiter.api.function.Executable action) {
        CloudObjectException refused = assertThrows(CloudObjectException.class, action);
        assertEquals(Code.FAIL.value(), refused.code());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Nested
    class Paths {

        private static final String NAMED = "there is no cloud object at 'shop/typo'";

        private void assertNamed(org.junit.jupiter.api.function.Executable action) {
            assertEquals(NAMED, assertThrows(IllegalArgumentException.class, action).getMessage());
        }

        @Test
        void shouldBeThoseOfObjectsInEveryOperation() {
            UnaryOperator<Selector> wrong = to -> to.path("shop/typo").everyone();
            assertNamed(() -> ws.on("shop/typo"));
            assertNamed(() -> ws.send(wrong, 1));
            assertNamed(() -> ws.close(to -> to.path("shop/typo").user("ann")));
            assertNamed(() -> ws.forceLogout(to -> to.path("shop/typo").user("ann"), null));
            assertNamed(() -> ws.join(wrong, "g"));
            assertNamed(() -> ws.leave(wrong, "g"));
            assertNamed(() -> ws.online(wrong, null, 10));
            assertNamed(() -> ws.count(wrong));
        }
    }

    @Nested
    class Sending {

        @Test
        void shouldCountWhatBecameOfEach() {
            bench.client().accepted();
            FakeWire slowWire = new FakeWire().hold();
            Session slow = bench.client().accepted(slowWire);
            bench.run();
            for (int i = 0; i < 4; i++) {
                bench.deliveries.deliver(slow, Bench.text("m"));
            }
            bench.client().needsLogin().user("ann", bench.clock.instant()).accepted();
            assertEquals(new SendResult(3, 1, 1, 1, 1, 0, false), ws.send(to -> to.everyone(), "hello"));
        }

        @Test
        void shouldTakeTheNewestOfAKey() {
            FakeWire wire = new FakeWire().hold();
            bench.client().accepted(wire);
            bench.run();
            ws.send(to -> to.everyone(), 1, SendOption.newestOf("a"));
            assertEquals(
                    new SendResult(1, 1, 1, 0, 0, 1, false),
                    ws.send(to -> to.everyone(), 2, SendOption.newestOf("a"), SendOption.encrypted()));
            wire.answer(null);
            bench.run();
            assertEquals("2", wire.log().get(1));
        }

        @Test
        void shouldRefuseTwoPolicies() {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ws.send(to -> to.everyone(), 1, SendOption.newestOf("a"), SendOption.dropOldest()));
            assertEquals(
                    "options: NewestOf[key=a] and DropOldest[] exclude each other: a send has one policy at most",
                    refused.getMessage());
        }

        @Test
        void shouldGiveAReceiptForEachConnection() {
            Session one = bench.client().accepted();
            Session other = bench.client().accepted();
            TrackedSend sent = ws.sendTracked(to -> to.everyone(), 1, Until.WRITTEN);
            assertEquals(2, sent.result().queued());
            List<Receipt> receipts = sent.receipts().toCompletableFuture().getNow(List.of());
            assertEquals(
                    Set.of(one.cid(), other.cid()),
                    receipts.stream().map(Receipt::cid).collect(Collectors.toSet()));
            bench.run();
            receipts.forEach(receipt -> assertEquals(
                    Receipt.Outcome.WRITTEN,
                    receipt.outcome().toCompletableFuture().getNow(null)));
        }

        @Test
        void shouldCountNobody() {
            assertEquals(new SendResult(0, 0, 0, 0, 0, 0, false), ws.send(to -> to.user("zoe"), "hello"));
            assertEquals(new SendResult(0, 0, 0, 0, 0, 0, false), ws.send(to -> to.cid("none"), "hello"));
        }

        @Test
        void shouldSendToTheObjectItIsInjectedInto() {
            bench.client().path("other").accepted();
            assertEquals(0, ws.send(to -> to.everyone(), 1).matched());
            assertEquals(1, ws.on("other").send(to -> to.everyone(), 1).matched());
            assertEquals(1, ws.send(to -> to.path("other").everyone(), 1).matched());
        }

        @Test
        void shouldSendBytesAsTheyAre() {
            FakeWire wire = new FakeWire();
            bench.client().accepted(wire);
            ws.send(to -> to.everyone(), "raw".getBytes(StandardCharsets.UTF_8));
            bench.run();
            assertEquals("raw", wire.log().get(1));
        }

        @Test
        void shouldRefuseToPoseAsTheFramework() {
            assertFails("vkWebSocket", () -> ws.send(to -> to.everyone(), Map.of("vkWebSocket", 1)));
        }

        @Test
        void shouldLetTheWordStandDeeper() {
            assertEquals(0, ws.send(to -> to.everyone(), Map.of("data", Map.of("vkWebSocket", 1))).matched());
        }

        @Test
        void shouldRefuseATargetThatNamesNobody() {
            assertFails("everyone()", () -> ws.send(to -> to, "hello"));
            assertFails("everyone()", () -> ws.send(to -> to.path("other"), "hello"));
            assertFails("everyone()", () -> ws.send(to -> to.everyone().user("ann"), "hello"));
        }

        @Test
        void shouldDropWhereEncryptionIsRequired() {
            bench.client().accepted();
            assertEquals(
                    new SendResult(1, 0, 0, 1, 0, 0, false),
                    ws.send(to -> to.everyone(), 1, SendOption.requireEncrypted()));
            assertEquals(new SendResult(1, 1, 1, 0, 0, 0, false), ws.send(to -> to.everyone(), 1, SendOption.encrypted()));
            bench.client().accepted(new FakeWire().encrypting());
            assertEquals(
                    new SendResult(2, 1, 0, 1, 0, 0, false),
                    ws.send(to -> to.everyone(), 1, SendOption.requireEncrypted()));
            assertEquals(
                    new SendResult(2, 1, 0, 1, 0, 0, false),
                    ws.send(to -> to.everyone(), 1, SendOption.encrypted(), SendOption.requireEncrypted()));
            assertEquals(new SendResult(2, 2, 1, 0, 0, 0, false), ws.send(to -> to.everyone(), 1, SendOption.encrypted()));
        }
    }

    @Nested
    class Replying {

        private final FakeWire wire = new FakeWire();

        @Test
        void shouldReachTheConnectionOfTheCallOnly() {
            FakeWire others = new FakeWire();
            bench.client().user("ann").accepted(others);
            calledThrough(bench.client().path("other").user("ann").accepted(wire));
            assertEquals(new SendResult(1, 1, 1, 0, 0, 0, false), ws.reply("hello"));
            bench.run();
            assertEquals("\"hello\"", wire.log().get(1));
            assertEquals(1, others.log().size());
        }

        @Test
        void shouldFindNobodyBehindTheEnd() {
            Session ended = bench.client().accepted(wire);
            bench.sessions.end(ended, SessionEnd.byPeer(1000, ""));
            calledThrough(ended);
            assertEquals(0, ws.reply("hello").matched());
        }

        @Test
        void shouldObeyTheOptions() {
            calledThrough(bench.client().accepted(wire));
            assertEquals(1, ws.reply("hello", SendOption.requireEncrypted()).dropped());
        }

        @Test
        void shouldRefuseToPoseAsTheFramework() {
            calledThrough(bench.client().accepted(wire));
            assertFails("vkWebSocket", () -> ws.reply(Map.of("vkWebSocket", 1)));
        }

        @Test
        void shouldNeedAConnection() {
            for (org.junit.jupiter.api.function.Executable action :
                    List.<org.junit.jupiter.api.function.Executable>of(
                            () -> ws.reply("x"), ws::attributes, () -> ws.send(to -> to.everyone().exceptSender(), "x"))) {
                assertThrows(IllegalStateException.class, action);
            }
            current.enter(new CurrentCall.InCall(call("other", null)));
            assertEquals(
                    "reply(data) speaks of the connection that the call in progress came through, and there is none: "
                            + "it came over HTTP, or from server code",
                    assertThrows(IllegalStateException.class, () -> ws.reply("x")).getMessage());
        }
    }

    @Nested
    class LeavingOut {

        @Test
        void shouldSendToAllButSome() {
            Session ann = bench.client().user("ann").device("d1").channel("c").accepted();
            Session bob = bench.client().user("bob").device("d2").channel("c").accepted();
            bench.client().device("d3").channel("c").accepted();
            assertEquals(2, ws.count(to -> to.channel("c").except(ann.cid())));
            assertEquals(1, ws.count(to -> to.everyone().exceptUser("ann").except(bob.cid(), "unknown")));
            assertEquals(1, ws.count(to -> to.everyone().exceptDevice("d1", "d2")));
            assertEquals(1, ws.count(to -> to.cid(ann.cid(), bob.cid()).exceptUser("ann")));
            assertEquals(0, ws.count(to -> to.user("ann").exceptDevice("d1")));
            assertEquals(3, ws.count(to -> to.everyone().exceptUser("nobody")));
        }

        @Test
        void shouldSendToAllButTheSender() {
            Session self = bench.client().accepted();
            bench.client().accepted();
            calledThrough(self);
            assertEquals(1, ws.send(Target.everyone().exceptSender(), "x").matched());
            assertEquals(0, ws.send(Target.cid(self.cid()).exceptSender(), "x").matched());
        }

        @Test
        void shouldNotLogOutWhoIsLeftOut() {
            Session ann = bench.client().user("ann").accepted();
            bench.client().user("bob").accepted();
            assertEquals(1, ws.forceLogout(Target.user("ann", "bob").exceptUser("ann"), null));
            assertEquals(List.of("all of bob"), revoked);
            assertTrue(ws.isAlive(ann.cid()));
        }
    }

    @Nested
    class AbsentParts {

        @Test
        void shouldBeSkippedBesideAnotherName() {
            Session ann = bench.client().user("ann").accepted();
            String nobody = null;
            assertEquals(1, ws.close(to -> to.cid(ann.cid()).user(nobody)));
            assertEquals(0, ws.forceLogout(to -> to.cid(nobody).user("ann").channel(nobody), null));
            assertEquals(List.of("all of ann"), revoked);
        }

        @Test
        void shouldNotMeanMoreConnections() {
            bench.client().channel("c").accepted();
            String nobody = null;
            assertFails("user is null", () -> ws.send(to -> to.user(nobody).channel("c"), "secret"));
            assertFails("group is null", () -> ws.send(to -> to.channel("c").group(nobody), "secret"));
            assertFails("names nobody", () -> ws.send(to -> to.user(nobody), "secret"));
            assertFails("close needs a cid or a user", () -> ws.close(to -> to.cid(nobody).user(nobody)));
        }
    }

    @Nested
    class AttributesOfAConnection {

        private final Session self = bench.client().accepted();

        {
            calledThrough(self);
        }

        @Test
        void shouldBeEmptyAtFirst() {
            assertEquals(JsonValue.EMPTY_JSON_OBJECT, ws.attributes().toJson());
            assertTrue(ws.attributes().get("room").isEmpty());
        }

        @Test
        void shouldBeKeptWithTheConnectionAndShown() {
            ws.attributes().put("room", "red");
            ws.attributes().put("seat", Map.of("row", 3));
            assertEquals("red", ws.attributes().get("room").orElseThrow());
            assertEquals(3, ws.attributes().get("seat", JsonObject.class).orElseThrow().getInt("row"));
            assertEquals(
                    "{\"room\":\"red\",\"seat\":{\"row\":3}}",
                    ws.find(self.cid()).orElseThrow().attributes().toString());
            ws.attributes().put("seat", null);
            ws.attributes().remove("room");
            ws.attributes().remove("unknown");
            assertEquals(JsonValue.EMPTY_JSON_OBJECT, self.attributes());
        }

        @Test
        void shouldBeReadableBehindTheEnd() {
            ws.attributes().put("room", "red");
            bench.sessions.end(self, SessionEnd.byPeer(1000, ""));
            assertEquals("red", ws.attributes().get("room").orElseThrow());
        }

        @Test
        void shouldBeBounded() {
            for (String name : List.of("a", "b", "c")) {
                ws.attributes().put(name, 1);
            }
            assertRefused("attributes: d is one name too many, the limit is 3", "d", 1);
            assertRefused("attributes: the name is empty", "", 1);
            // {"a":1,"b":1,"c":"…"} has 21 bytes around the text.
            ws.attributes().put("c", "é".repeat(40));
            assertRefused("attributes.c: with it there are 101 bytes, the limit is 100", "c", "é".repeat(40) + "x");
            assertEquals("é".repeat(40), ws.attributes().get("c").orElseThrow());
        }

        private void assertRefused(String message, String name, Object value) {
            CloudObjectException refused =
                    assertThrows(CloudObjectException.class, () -> ws.attributes().put(name, value));
            assertEquals(Code.BAD_REQUEST.value(), refused.code());
            assertEquals(message, refused.getMessage());
        }

        @Test
        void shouldSayWhatIsNotOfTheTypeAskedFor() {
            ws.attributes().put("room", "red");
            IllegalArgumentException wrong =
                    assertThrows(IllegalArgumentException.class, () -> ws.attributes().get("room", Integer.class));
            assertTrue(wrong.getMessage().startsWith("attributes.room: "), wrong.getMessage());
        }
    }

    @Nested
    class Transactions {

        private final FakeWire wire = new FakeWire();

        private SendResult sendIn(int status) {
            bench.client().accepted(wire);
            bench.run();
            transaction.status = status;
            return ws.send(to -> to.everyone(), "hello");
        }

        @Test
        void shouldHoldASendBackUntilTheCommit() {
            assertEquals(SendResult.waiting(), sendIn(Status.STATUS_ACTIVE));
            bench.run();
            assertEquals(1, wire.log().size());
            transaction.end(Status.STATUS_COMMITTED);
            bench.run();
            assertEquals("\"hello\"", wire.log().get(1));
        }

        @Test
        void shouldGiveReceiptsWithTheCommit() {
            Session session = bench.client().accepted(wire);
            bench.run();
            transaction.status = Status.STATUS_ACTIVE;
            TrackedSend sent = ws.sendTracked(to -> to.everyone(), "hello", Until.WRITTEN);
            assertEquals(SendResult.waiting(), sent.result());
            CompletableFuture<List<Receipt>> receipts = sent.receipts().toCompletableFuture();
            assertFalse(receipts.isDone());
            transaction.end(Status.STATUS_COMMITTED);
            Receipt receipt = receipts.getNow(List.of()).get(0);
            assertEquals(session.cid(), receipt.cid());
            bench.run();
            assertEquals(
                    Receipt.Outcome.WRITTEN,
                    receipt.outcome().toCompletableFuture().getNow(null));
        }

        @ParameterizedTest
        @ValueSource(ints = {Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK})
        void shouldFailReceiptsWithARollback(int status) {
            bench.client().accepted(wire);
            transaction.status = status;
            TrackedSend sent = ws.sendTracked(to -> to.everyone(), "hello", Until.WRITTEN);
            transaction.end(Status.STATUS_ROLLEDBACK);
            CompletableFuture<List<Receipt>> receipts = sent.receipts().toCompletableFuture();
            CompletionException failed = assertThrows(CompletionException.class, () -> receipts.getNow(List.of()));
            assertEquals(
                    "sendTracked: the transaction was rolled back, and nothing was sent",
                    failed.getCause().getMessage());
        }

        @Test
        void shouldForgetASendWithARollback() {
            sendIn(Status.STATUS_ACTIVE);
            transaction.end(Status.STATUS_ROLLEDBACK);
            bench.run();
            assertEquals(1, wire.log().size());
        }

        @Test
        void shouldNeverSendInATransactionThatCanOnlyRollBack() {
            assertEquals(SendResult.waiting(), sendIn(Status.STATUS_MARKED_ROLLBACK));
            bench.run();
            assertEquals(1, wire.log().size());
        }

        @ParameterizedTest
        @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK})
        void shouldSendAtOnceOutsideOfOne(int status) {
            assertEquals(1, sendIn(status).queued());
        }
    }

    @Nested
    class Requests {

        private final FakeWire wire = new FakeWire();
        private final Session session = bench.client().speaks(Dialect.V1).accepted(wire);

        Requests() {
            session.requestsAnswered();
            bench.run();
        }

        private CompletableFuture<Integer> ask() {
            return ws.request(to -> to.cid(session.cid()), "?", Integer.class).toCompletableFuture();
        }

        private void answer(Object data) {
            Objects.requireNonNull(session.requests()).asked().answered(1, Bench.JSON.payload(data), null);
            bench.run();
        }

        private int code(CompletableFuture<?> outcome) {
            CompletionException failure = assertThrows(CompletionException.class, outcome::join);
            return ((CloudObjectException) failure.getCause()).code();
        }

        private int asked() {
            bench.run();
            return (int) wire.log().stream().filter(frame -> frame.contains("\"request\"")).count();
        }

        @Test
        void shouldGetTheAnswerAsAValueOfItsType() {
            CompletableFuture<Integer> outcome = ask();
            assertEquals(1, asked());
            answer(5);
            assertEquals(5, outcome.join());
        }

        @Test
        void shouldFailWhereTheAnswerIsOfAnotherType() {
            CompletableFuture<Integer> outcome = ask();
            answer("five");
            assertEquals(400, code(outcome));
        }

        @Test
        void shouldFailTheStageForWhatTheTargetLacks() {
            assertEquals(404, code(ws.request(to -> to.cid("nobody"), 1, Integer.class).toCompletableFuture()));
            assertEquals(-1, code(ws.request(to -> to, 1, Integer.class).toCompletableFuture()));
        }

        @Test
        void shouldCancelTheRequestWithTheStage() {
            ask().cancel(true);
            bench.run();
            assertTrue(wire.log().toString().contains("{\"type\":\"cancel\",\"re\":1}"), wire.log().toString());
        }

        @Test
        void shouldLeaveWhenTheTransactionCommits() {
            transaction.status = Status.STATUS_ACTIVE;
            CompletableFuture<Integer> outcome = ask();
            assertEquals(0, asked());
            transaction.end(Status.STATUS_COMMITTED);
            assertEquals(1, asked());
            answer(5);
            assertEquals(5, outcome.join());
        }

        @Test
        void shouldFailWithTheTransaction() {
            transaction.status = Status.STATUS_ACTIVE;
            CompletableFuture<Integer> outcome = ask();
            transaction.end(Status.STATUS_ROLLEDBACK);
            assertEquals(0, asked());
            assertEquals(499, code(outcome));
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
        void shouldHaveATimeLimitWithinBounds(String timeout) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ws.request(to -> to.cid("c"), 1, Integer.class, Duration.parse(timeout)));
        }
    }

    @Nested
    class Ending {

        @ParameterizedTest
        @ValueSource(strings = {"everyone", "device", "channel", "group", "nobody"})
        void shouldNeedACidOrAUser(String selector) {
            UnaryOperator<Selector> who = to -> switch (selector) {
                case "everyone" -> to.everyone();
                case "device" -> to.device("d");
                case "channel" -> to.channel("c");
                case "group" -> to.group("g");
                default -> to;
            };
            assertFails("close needs a cid or a user", () -> ws.close(who));
            assertFails("forceLogout needs a cid or a user", () -> ws.forceLogout(who, null));
        }

        @Test
        void shouldCloseBehindWhatIsQueued() {
            FakeWire wire = new FakeWire();
            Session connection = bench.client().user("ann").accepted(wire);
            ws.send(to -> to.user("ann"), "last words");
            assertEquals(1, ws.close(to -> to.user("ann")));
            assertEquals(0, ws.close(to -> to.cid(connection.cid())));
            bench.run();
            assertEquals(List.of("\"last words\"", "close 4000 closed by the cloud object"), wire.log().subList(1, 3));
            assertEquals(List.of(), revoked);
        }

        @Test
        void shouldRevokeAllOfAUserEvenWhileAway() {
            assertEquals(0, ws.forceLogout(to -> to.user("ann", "bob"), null));
            assertEquals(List.of("all of ann", "all of bob"), revoked.stream().sorted().toList());
        }

        @Test
        void shouldRevokeTheSessionsBehindCids() {
            FakeWire wire = new FakeWire();
            Session ann = bench.client().user("ann").accepted(wire);
            Session nobody = bench.client().accepted();
            assertEquals(2, ws.forceLogout(to -> to.cid(ann.cid(), nobody.cid()), Map.of("msg", "go")));
            bench.run();
            assertEquals(List.of("session-ann of ann"), revoked);
            assertEquals(
                    List.of(
                            "{\"vkWebSocket\":{\"type\":\"forceLogout\",\"data\":{\"msg\":\"go\"},\"close\":true}}",
                            "close 4002 logged out by the server"),
                    wire.log().subList(1, 3));
        }

        /** By users and by cids: two users, of whom the second can't be logged out, and then can. */
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void shouldLeaveOpenWhatItCouldNotLogOutAndFindItAgain(boolean byCid) {
            FakeWire annWire = new FakeWire();
            FakeWire bobWire = new FakeWire();
            Session ann = bench.client().user("ann").accepted(annWire);
            Session bob = bench.client().user("bob").accepted(bobWire);
            UnaryOperator<Selector> both =
                    to -> byCid ? to.cid(ann.cid(), bob.cid()) : to.path(Bench.PATH).user("ann", "bob");
            users.unrevocable = "bob";
            CloudObjectException told = assertThrows(CloudObjectException.class, () -> ws.forceLogout(both, null));
            assertEquals(Code.UNAVAILABLE.value(), told.code());
            if (revoked.isEmpty()) {
                // It was bob's turn first.
                assertEquals(Code.UNAVAILABLE.message(), told.getMessage());
                assertTrue(ws.isAlive(ann.cid()));
                ws.forceLogout(to -> byCid ? to.cid(ann.cid()) : to.path(Bench.PATH).user("ann"), null);
            } else {
                assertTrue(told.getMessage().startsWith("logged out 1 of 2, connections closed: 1; "), told.getMessage());
            }
            assertFalse(ws.isAlive(ann.cid()));
            assertTrue(ws.isAlive(bob.cid()), "closed, with tokens that are good");

            users.unrevocable = "nobody";
            assertEquals(1, ws.forceLogout(both, null));
            bench.run();
            for (FakeWire wire : List.of(annWire, bobWire)) {
                assertEquals("close 4002 logged out by the server", wire.log().get(wire.log().size() - 1));
            }
        }

        @Test
        void shouldCloseBeforeTheConnectionsHearThatTheirLoginHasEnded() {
            FakeWire wire = new FakeWire();
            FakeWire sameSession = new FakeWire();
            Session ann = bench.client().needsLogin().user("ann").accepted(wire);
            Session other = bench.client().needsLogin().user("ann").accepted(sameSession);
            Login login = ann.caller().login();
            users.told = () -> List.of(ann, other).forEach(
                    one -> bench.logins.rejected(one, login, new Authentication.Rejected(Code.TOKEN_REVOKED)));
            assertEquals(2, ws.forceLogout(to -> to.cid(ann.cid(), other.cid()), null));
            bench.run();
            assertEquals(List.of("session-ann of ann"), revoked);
            for (FakeWire one : List.of(wire, sameSession)) {
                assertEquals("close 4002 logged out by the server", one.log().get(one.log().size() - 1));
            }
        }

        @Test
        void shouldNotSayInvalidTokenOnTop() {
            FakeWire wire = new FakeWire();
            Session ann = bench.client().needsLogin().user("ann").accepted(wire);
            ws.forceLogout(to -> to.user("ann"), null);
            bench.logins.rejected(ann, ann.caller().login(), new Authentication.Rejected(Code.TOKEN_REVOKED));
            bench.run();
            assertEquals(3, wire.log().size());
        }
    }

    @Nested
    class Looking {

        @Test
        void shouldPageThroughAllInOrder() {
            IntStream.range(0, 25).forEach(i -> bench.client().accepted());
            bench.client().open();
            List<String> seen = new ArrayList<>();
            String after = null;
            int pages = 0;
            do {
                Online.Page page = ws.online(to -> to.everyone(), after, 10);
                page.rows().forEach(row -> seen.add(row.id()));
                after = page.next();
                pages++;
            } while (after != null);
            assertEquals(3, pages);
            assertEquals(25, seen.size());
            assertEquals(seen.stream().sorted(Comparator.naturalOrder()).distinct().toList(), seen);
            assertEquals(25, ws.count(to -> to.everyone()));
        }

        @Test
        void shouldEndWithAFullPage() {
            IntStream.range(0, 10).forEach(i -> bench.client().accepted());
            assertNull(ws.online(to -> to.everyone(), null, 10).next());
            assertEquals(List.of(), ws.online(to -> to.everyone(), "~", 10).rows());
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1001})
        void shouldRefuseAPageOfNoSize(int limit) {
            assertThrows(IllegalArgumentException.class, () -> ws.online(to -> to.everyone(), null, limit));
        }

        @Test
        void shouldTellWhatIsKnownOfAConnection() {
            Session ann = bench.client().user("ann").device("d").appid("a").channel("c").accepted();
            ws.join(to -> to.user("ann"), "g");
            assertEquals(
                    new Online(
                            ann.cid(),
                            ManualClock.START.toEpochMilli(),
                            Bench.PATH,
                            "c",
                            "ann",
                            "d",
                            "a",
                            java.util.Set.of("g"),
                            false,
                            false,
                            JsonValue.EMPTY_JSON_OBJECT),
                    ws.find(ann.cid()).orElseThrow());
        }

        @Test
        void shouldTellTheLivingFromTheDead() {
            Session alive = bench.client().accepted();
            Session dead = bench.client().accepted();
            bench.sessions.end(dead, SessionEnd.byPeer(1000, ""));
            assertTrue(ws.isAlive(alive.cid()));
            assertFalse(ws.isAlive(dead.cid()));
            assertEquals(
                    new Liveness(1, 3, List.of(alive.cid()), List.of("none", dead.cid())),
                    ws.isAlive(List.of("none", alive.cid(), dead.cid())));
        }
    }

    @Nested
    class Grouping {

        @Test
        void shouldJoinAndLeaveTheConnectionOfTheCall() {
            Session self = bench.client().open();
            current.enter(new CurrentCall.InCall(call("other", self)));
            ws.join("a", "b");
            ws.leave("a");
            assertEquals(java.util.Set.of("b"), self.groups());
        }

        @Test
        void shouldNeedAConnectionForThat() {
            assertThrows(IllegalStateException.class, () -> ws.join("a"));
            current.enter(new CurrentCall.InCall(call("other", null)));
            assertThrows(IllegalStateException.class, () -> ws.leave("a"));
        }

        @Test
        void shouldJoinAndLeaveByTarget() {
            bench.client().user("ann").accepted();
            bench.client().user("ann").accepted();
            assertEquals(2, ws.join(to -> to.user("ann"), "g"));
            assertEquals(2, ws.count(to -> to.group("g")));
            assertEquals(2, ws.leave(to -> to.group("g"), "g"));
            assertEquals(0, ws.count(to -> to.group("g")));
        }
    }

    @Nested
    class Address {

        @Test
        void shouldBeTheObjectOfTheCallWhereNoneIsGiven() {
            bench.client().path("other").accepted();
            current.enter(new CurrentCall.InCall(call("other", null)));
            assertEquals(1, view(null).count(to -> to.everyone()));
        }

        @Test
        void shouldBeAskedForWithoutACall() {
            IllegalStateException missing =
                    assertThrows(IllegalStateException.class, () -> view(null).count(to -> to.everyone()));
            assertTrue(missing.getMessage().contains("WebSocketManage.on(path)"));
        }

        @Test
        void shouldNotBeNeededForCidsAndUrls() {
            assertEquals(0, view(null).count(to -> to.cid("x")));
            assertEquals(0, view(null).count(to -> to.path("x").everyone()));
        }

        @Test
        void shouldComeBehindTheTarget() {
            assertFails("everyone()", () -> view(null).send(to -> to, 1));
        }
    }

    /** What is done to others is written down, with the caller of the call in progress. */
    @Nested
    class Auditing {

        private List<String> heard(Runnable action) {
            current.enter(new CurrentCall.InCall(call("other", null)));
            try (AuditLines audit = new AuditLines()) {
                action.run();
                return audit.lines();
            }
        }

        private void assertHeard(String start, String end, Runnable action) {
            List<String> lines = heard(action);
            assertEquals(1, lines.size(), lines::toString);
            String line = lines.get(0);
            assertTrue(line.startsWith(start) && line.contains(" call=\"websocket other.m\" ") && line.endsWith(end), line);
        }

        @Test
        void shouldTellWhoWasClosed() {
            Session ann = bench.client().user("ann").accepted();
            assertHeard(
                    "COBJ6001I",
                    " target=\"cid=" + ann.cid() + " of user ann,none\" outcome=\"connections 1\" request=\"r\"",
                    () -> ws.close(to -> to.cid(List.of(ann.cid(), "none"))));
        }

        @Test
        void shouldTellWhoWasLoggedOut() {
            bench.client().user("ann").accepted();
            assertHeard(
                    "COBJ6002I",
                    " target=\"user=ann path=" + Bench.PATH + "\" outcome=\"connections 1\" request=\"r\"",
                    () -> ws.forceLogout(to -> to.user("ann"), null));
        }

        @Test
        void shouldTellOfALogoutThatFailed() {
            users.away = new CloudObjectException(Code.UNAVAILABLE);
            assertHeard(
                    "COBJ6002I",
                    " outcome=\"failed: " + Code.UNAVAILABLE.message() + "\" request=\"r\"",
                    () -> assertThrows(CloudObjectException.class, () -> ws.forceLogout(to -> to.user("ann"), null)));
        }

        @Test
        void shouldTellWhatWasSaidToEveryone() {
            bench.client().accepted();
            assertHeard(
                    "COBJ6003I",
                    " target=\"everyone path=" + Bench.PATH + "\" outcome=\"queued for 1\" request=\"r\"",
                    () -> ws.send(to -> to.everyone(), "hello"));
        }

        @Test
        void shouldNotTellOfWhatIsSaidToSome() {
            assertEquals(List.of(), heard(() -> ws.send(to -> to.user("ann").channel("a"), "hello")));
        }

        @Test
        void shouldNameTheServerWithoutACall() {
            try (AuditLines audit = new AuditLines()) {
                ws.close(to -> to.user("ann"));
                assertTrue(audit.lines().get(0).contains(" call=\"server\" "), audit.lines()::toString);
            }
        }

        @Test
        void shouldNotTellOfMessagesThatNobodyAskedFor() {
            bench.client().accepted();
            try (AuditLines audit = new AuditLines()) {
                ws.send(to -> to.everyone(), "tick");
                assertEquals(List.of(), audit.lines());
            }
        }
    }

    private static Call call(String path, CallConnection connection) {
        AccessRule rule = AccessRule.decide(new ObjectPath(path), "m", null, null);
        ObjectModel model = new ObjectModel(path, Object.class, Map.of(), Map.of(), null, null);
        return Call.of(model, new ObjectMethod("m", null, null, rule), "r")
                .from(Source.WEBSOCKET, Caller.server())
                .connection(connection)
                .build();
    }

    /** A transaction whose status a test sets. */
    private static final class Transaction {
        private int status = Status.STATUS_NO_TRANSACTION;
        private final List<Synchronization> registered = new ArrayList<>();

        TransactionSynchronizationRegistry registry() {
            return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {TransactionSynchronizationRegistry.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getTransactionStatus" -> status;
                        case "registerInterposedSynchronization" -> registered.add((Synchronization) arguments[0])
                                ? null
                                : null;
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        void end(int outcome) {
            registered.forEach(Synchronization::beforeCompletion);
            status = outcome;
            registered.forEach(heard -> heard.afterCompletion(outcome));
        }
    }
}
