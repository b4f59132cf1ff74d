package dev.cloudobjects.reach;

import dev.cloudobjects.api.Target;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A target in words, for logs. */
public final class TargetDescription {

    private static final int MOST = 20;

    private TargetDescription() {}

    /** For the audit log: the connections named, each with its user while it is online, or the users and the objects. */
    public static String audited(Scope scope, Reach reach) {
        Target target = scope.target();
        if (target.cids() != null) {
            return list("cid", target.cids(), cid -> cid + user(cid, reach));
        }
        return joined(
                target.isEveryone() ? "everyone" : "",
                list("user", target.users()),
                exceptions(target),
                list("path", scope.paths()));
    }

    /** For a trace: all selectors. */
    public static String full(Scope scope) {
        Target target = scope.target();
        return joined(
                list("cid", target.cids()),
                list("user", target.users()),
                list("device", target.devices()),
                list("appid", target.appids()),
                list("channel", target.channels()),
                list("group", target.groups()),
                target.isEveryone() ? "everyone" : "",
                exceptions(target),
                list("path", scope.paths()));
    }

    private static String exceptions(Target target) {
        return joined(
                list("except", target.exceptCids()),
                list("except-user", target.exceptUsers()),
                list("except-device", target.exceptDevices()));
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String user(String cid, Reach reach) {
        return reach.find(cid)
                .map(online -> online.userId() == null ? "" : " of user " + online.userId())
                .orElse("");
    }

    private static String list(String name, @Nullable Collection<String> values) {
        return list(name, values, UnaryOperator.identity());
    }

    /** An empty text for none. */
    private static String list(String name, @Nullable Collection<String> values, UnaryOperator<String> shown) {
        if (values == null || values.isEmpty()) {
            return "";
        }
        List<String> some = values.stream().limit(MOST).map(shown).toList();
        String more = values.size() > MOST ? " and " + (values.size() - MOST) + " more" : "";
        return name + "=" + String.join(",", some) + more;
    }
}
