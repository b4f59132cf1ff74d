package dev.cloudobjects.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Target} that is being narrowed. Immutable: each method gives a new, narrower one. What a null, an empty list and
 * several values mean is said at {@link Target}.
 */
public final class Selector implements Target {

    /** What connections are selected by. */
    private enum By {
        CID,
        USER,
        DEVICE,
        APPID,
        CHANNEL,
        GROUP,
        PATH,
        EXCEPT,
        EXCEPT_USER,
        EXCEPT_DEVICE;

        private final String word = name().toLowerCase(Locale.ROOT).replace("_", " ");
    }

    static final Selector NONE = new Selector(new EnumMap<>(By.class), null, false, false);

    private final Map<By, Set<String>> values;
    /** The first selector that was given nothing but null. */
    private final @Nullable By absent;

    private final boolean everyone;
    private final boolean exceptSender;

    private Selector(Map<By, Set<String>> values, @Nullable By absent, boolean everyone, boolean exceptSender) {
        this.values = values;
        this.absent = absent;
        this.everyone = everyone;
        this.exceptSender = exceptSender;
    }

    /** These connections, and no others. */
    public Selector cid(@Nullable String... cids) {
        return with(By.CID, Arrays.asList(cids));
    }

    /** These connections, and no others; nobody when the list is empty. */
    public Selector cid(@Nullable Collection<? extends @Nullable String> cids) {
        return with(By.CID, cids);
    }

    /** Connections of these users, on all their devices. */
    public Selector user(@Nullable String... ids) {
        return with(By.USER, Arrays.asList(ids));
    }

    /** Connections of these users, on all their devices; nobody when the list is empty. */
    public Selector user(@Nullable Collection<? extends @Nullable String> ids) {
        return with(By.USER, ids);
    }

    /** Connections of these devices. */
    public Selector device(@Nullable String... ids) {
        return with(By.DEVICE, Arrays.asList(ids));
    }

    /** Connections of these devices; nobody when the list is empty. */
    public Selector device(@Nullable Collection<? extends @Nullable String> ids) {
        return with(By.DEVICE, ids);
    }

    /** Connections of these applications. */
    public Selector appid(@Nullable String... ids) {
        return with(By.APPID, Arrays.asList(ids));
    }

    /** Connections of these applications; nobody when the list is empty. */
    public Selector appid(@Nullable Collection<? extends @Nullable String> ids) {
        return with(By.APPID, ids);
    }

    /** Connections on these channels; a client that names none is on {@code "default"}. */
    public Selector channel(@Nullable String... names) {
        return with(By.CHANNEL, Arrays.asList(names));
    }

    /** Connections on these channels; nobody when the list is empty. */
    public Selector channel(@Nullable Collection<? extends @Nullable String> names) {
        return with(By.CHANNEL, names);
    }

    /** Connections that joined one of these groups of the object; see {@link WebSocketManage#join}. */
    public Selector group(@Nullable String... names) {
        return with(By.GROUP, Arrays.asList(names));
    }

    /** Connections that joined one of these groups of the object; nobody when the list is empty. */
    public Selector group(@Nullable Collection<? extends @Nullable String> names) {
        return with(By.GROUP, names);
    }

    /** Connections of the cloud objects at these paths, in place of the current one. It selects nobody by itself. */
    public Selector path(@Nullable String... paths) {
        return with(By.PATH, Arrays.asList(paths));
    }

    /** Connections of the cloud objects at these paths, in place of the current one. It selects nobody by itself. */
    public Selector path(@Nullable Collection<? extends @Nullable String> paths) {
        return with(By.PATH, paths);
    }

    /** Every connection of the object. It stands beside {@link #path} and the exceptions only. */
    public Selector everyone() {
        return new Selector(values, absent, true, exceptSender);
    }

    /**
     * None of these connections.
     *
     * @throws CloudObjectException with code -1 for null, which would leave nobody out
     */
    public Selector except(String... cids) {
        return without(By.EXCEPT, Arrays.asList(cids));
    }

    /**
     * None of these connections.
     *
     * @throws CloudObjectException with code -1 for null, which would leave nobody out
     */
    public Selector except(Collection<String> cids) {
        return without(By.EXCEPT, cids);
    }

    /**
     * No connection of these users.
     *
     * @throws CloudObjectException with code -1 for null, which would leave nobody out
     */
    public Selector exceptUser(String... ids) {
        return without(By.EXCEPT_USER, Arrays.asList(ids));
    }

    /**
     * No connection of these devices.
     *
     * @throws CloudObjectException with code -1 for null, which would leave nobody out
     */
    public Selector exceptDevice(String... ids) {
        return without(By.EXCEPT_DEVICE, Arrays.asList(ids));
    }

    /**
     * Not the connection that the call in progress came through. The method that takes the target throws
     * {@link IllegalStateException} when the call came otherwise.
     */
    public Selector exceptSender() {
        return new Selector(values, absent, everyone, true);
    }

    @Override
    public Selector narrow() {
        return this;
    }

    @Override
    public Selector checked() {
        boolean named = cids() != null || users() != null || devices() != null;
        boolean selected = named || appids() != null || channels() != null || groups() != null;
        if (!selected && !everyone) {
            throw refused("the target names nobody: give cid, user, device, appid, channel or group, or say everyone()"
                    + (absent == null ? "" : "; its " + absent.word + " is null"));
        }
        if (selected && everyone) {
            throw refused("the target says everyone() beside another selector: leave one of them out");
        }
        if (absent != null && !named) {
            throw refused(absent.word + " is null, and the target names no cid, user or device: without its "
                    + absent.word + " it would mean more connections");
        }
        return this;
    }

    @Override
    public @Nullable Set<String> cids() {
        return values.get(By.CID);
    }

    @Override
    public @Nullable Set<String> users() {
        return values.get(By.USER);
    }

    @Override
    public @Nullable Set<String> devices() {
        return values.get(By.DEVICE);
    }

    @Override
    public @Nullable Set<String> appids() {
        return values.get(By.APPID);
    }

    @Override
    public @Nullable Set<String> channels() {
        return values.get(By.CHANNEL);
    }

    @Override
    public @Nullable Set<String> groups() {
        return values.get(By.GROUP);
    }

    @Override
    public @Nullable Set<String> paths() {
        return values.get(By.PATH);
    }

    @Override
    public Set<String> exceptCids() {
        return values.getOrDefault(By.EXCEPT, Set.of());
    }

    @Override
    public Set<String> exceptUsers() {
        return values.getOrDefault(By.EXCEPT_USER, Set.of());
    }

    @Override
    public Set<String> exceptDevices() {
        return values.getOrDefault(By.EXCEPT_DEVICE, Set.of());
    }

    @Override
    public boolean isExceptSender() {
        return exceptSender;
    }

    @Override
    public boolean isEveryone() {
        return everyone;
    }

    private Selector with(By by, @Nullable Collection<? extends @Nullable String> more) {
        List<String> said = new ArrayList<>();
        if (more != null) {
            for (String value : more) {
                if (value != null) {
                    said.add(value);
                }
            }
        }
        boolean nothing = more == null || (said.isEmpty() && !more.isEmpty());
        return nothing
                ? new Selector(values, absent == null ? by : absent, everyone, exceptSender)
                : new Selector(adding(by, said), absent, everyone, exceptSender);
    }

    private Selector without(By by, Collection<String> more) {
        for (String value : more) {
            if (value == null) {
                throw refused(by.word + " must not be null: nobody would be left out");
            }
        }
        return new Selector(adding(by, more), absent, everyone, exceptSender);
    }

    private Map<By, Set<String>> adding(By by, Collection<String> more) {
        for (String value : more) {
            if (value.isEmpty()) {
                throw refused(by.word + " must not be empty");
            }
        }
        Map<By, Set<String>> copy = new EnumMap<>(By.class);
        copy.putAll(values);
        copy.put(by, together(values.get(by), more));
        return copy;
    }

    /** Most targets name one value. */
    private static Set<String> together(@Nullable Set<String> known, Collection<String> more) {
        if (known == null && more.size() == 1) {
            return Set.of(more.iterator().next());
        }
        Set<String> all = known == null ? new LinkedHashSet<>() : new LinkedHashSet<>(known);
        all.addAll(more);
        return Collections.unmodifiableSet(all);
    }

    private static CloudObjectException refused(String why) {
        return new CloudObjectException(Code.FAIL, why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that
                && values.equals(that.values)
                && absent == that.absent
                && everyone == that.everyone
                && exceptSender == that.exceptSender;
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, absent, everyone, exceptSender);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Target[");
        values.forEach((by, names) -> text.append(' ')
                .append(by.word)
                .append('=')
                .append(names.size() > 5 ? names.size() + " values" : names));
        return text.append(everyone ? " everyone" : "")
                .append(exceptSender ? " except sender" : "")
                .append(" ]")
                .toString();
    }
}
