package dev.cloudobjects.session;

import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Target;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a target means, for the audit log: behind a cid stands its user, as long as he is there. */
final class Whom {

    private static final int MOST = 20;

    private Whom() {}

    static String of(Target target, Collection<String> paths, WebSocketManageBean manage) {
        if (target.cids() != null) {
            return list("cid", target.cids(), cid -> cid + user(manage.find(cid)));
        }
        return Stream.of(
                        target.isEveryone() ? "everyone" : "",
                        list("user", target.users(), UnaryOperator.identity()),
                        list("url", paths, UnaryOperator.identity()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Values under a name; an empty text for none. */
    static String listed(String name, @Nullable Collection<String> values) {
        return list(name, values, UnaryOperator.identity());
    }

    private static String user(Optional<Online> connection) {
        return connection.map(Online::userId).map(uid -> " of user " + uid).orElse("");
    }

    private static String list(String name, @Nullable Collection<String> values, UnaryOperator<String> shown) {
        if (values == null) {
            return "";
        }
        List<String> some = values.stream().limit(MOST).map(shown).toList();
        String more = values.size() > MOST ? " and " + (values.size() - MOST) + " more" : "";
        return name + "=" + String.join(",", some) + more;
    }
}
