package dev.cloudobjects.api;

import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant. An immutable value: two targets that say the same are equal. It may be kept and used by any
 * number of threads.
 *
 * <p>The factories here begin a target, and the {@link Selector} that they return narrows it:
 * {@code Target.channel("default").group("001")}. Where a method takes a {@code UnaryOperator<Selector>}, the same is written
 * {@code to -> to.channel("default").group("001")}.
 *
 * <p>With a cid exactly those connections are meant, whatever other selector is given. Otherwise all that is said must hold
 * (a list means any of its values) among the connections of {@link #path}, by default of the current object. What
 * {@link Selector#except} and its like name is left out in either case. A selector with an empty list means nobody. A target
 * without a selector is an error: {@link #everyone()} means everybody.
 *
 * <p><b>Null</b> says nothing. It is skipped in a target that names a cid, user or device besides, as in
 * {@code Target.cid(maybeNull).user(uid)}. In any other target it is an error, which {@link #checked()} reports: without its
 * selector the target would mean more connections than its author intended.
 */
public sealed interface Target permits Selector {

    /** The target that says nothing yet. */
    static Selector none() {
        return Selector.NONE;
    }

    /** These connections, and no others. */
    static Selector cid(@Nullable String... cids) {
        return none().cid(cids);
    }

    /** These connections, and no others; nobody when the list is empty. */
    static Selector cid(@Nullable Collection<? extends @Nullable String> cids) {
        return none().cid(cids);
    }

    /** Connections of these users, on all their devices. */
    static Selector user(@Nullable String... ids) {
        return none().user(ids);
    }

    /** Connections of these users, on all their devices; nobody when the list is empty. */
    static Selector user(@Nullable Collection<? extends @Nullable String> ids) {
        return none().user(ids);
    }

    /** Connections of these devices. */
    static Selector device(@Nullable String... ids) {
        return none().device(ids);
    }

    /** Connections of these devices; nobody when the list is empty. */
    static Selector device(@Nullable Collection<? extends @Nullable String> ids) {
        return none().device(ids);
    }

    /** Connections of these applications. */
    static Selector appid(@Nullable String... ids) {
        return none().appid(ids);
    }

    /** Connections of these applications; nobody when the list is empty. */
    static Selector appid(@Nullable Collection<? extends @Nullable String> ids) {
        return none().appid(ids);
    }

    /** Connections on these channels; a client that names none is on {@code "default"}. */
    static Selector channel(@Nullable String... names) {
        return none().channel(names);
    }

    /** Connections on these channels; nobody when the list is empty. */
    static Selector channel(@Nullable Collection<? extends @Nullable String> names) {
        return none().channel(names);
    }

    /** Connections that joined one of these groups of the object; see {@link WebSocketManage#join}. */
    static Selector group(@Nullable String... names) {
        return none().group(names);
    }

    /** Connections that joined one of these groups of the object; nobody when the list is empty. */
    static Selector group(@Nullable Collection<? extends @Nullable String> names) {
        return none().group(names);
    }

    /** Connections of the cloud objects at these paths, in place of the current one. It selects nobody by itself. */
    static Selector path(@Nullable String... paths) {
        return none().path(paths);
    }

    /** Connections of the cloud objects at these paths, in place of the current one. It selects nobody by itself. */
    static Selector path(@Nullable Collection<? extends @Nullable String> paths) {
        return none().path(paths);
    }

    /** Every connection of the object. */
    static Selector everyone() {
        return none().everyone();
    }

    /** The target that a function makes of the empty one. */
    static Target of(UnaryOperator<Selector> say) {
        return say.apply(none());
    }

    /** This target, to be narrowed further: gives a new one and leaves this one as it is. */
    Selector narrow();

    /**
     * This target, if it says whom it means.
     *
     * @throws CloudObjectException with code -1 when it has no selector, {@link #everyone()} beside another one, or a null
     *     that may not be skipped
     */
    Target checked();

    /** The connections named, or {@code null} when none was said; the same holds for the other selectors. */
    @Nullable Set<String> cids();

    /** The users named, or {@code null}. */
    @Nullable Set<String> users();

    /** The devices named, or {@code null}. */
    @Nullable Set<String> devices();

    /** The applications named, or {@code null}. */
    @Nullable Set<String> appids();

    /** The channels named, or {@code null}. */
    @Nullable Set<String> channels();

    /** The groups named, or {@code null}. */
    @Nullable Set<String> groups();

    /** The paths of the objects named, or {@code null}. */
    @Nullable Set<String> paths();

    /** The connections that are left out; empty when none is. */
    Set<String> exceptCids();

    /** The users whose connections are left out; empty when none is. */
    Set<String> exceptUsers();

    /** The devices whose connections are left out; empty when none is. */
    Set<String> exceptDevices();

    /** Whether the connection that the call in progress came through is left out. */
    boolean isExceptSender();

    /** Whether {@link #everyone()} was said. */
    boolean isEveryone();
}
