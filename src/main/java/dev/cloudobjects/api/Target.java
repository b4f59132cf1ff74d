package dev.cloudobjects.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant. Immutable: each method gives a new, narrower target.
 *
 * <p>With {@link #cid} exactly those connections are meant, whatever else is said. Otherwise all that is said must hold
 * (a list means any of its values) among the connections of {@link #url}, by default of the current object. A selector
 * given an empty list means nobody. A target without a selector means nothing: {@link #everyone()} says everybody.
 */
public final class Target {

    private static final Target NONE = new Target(null, null, null, null, null, null, null, false);

    private final @Nullable Set<String> cids;
    private final @Nullable Set<String> users;
    private final @Nullable Set<String> devices;
    private final @Nullable Set<String> appids;
    private final @Nullable Set<String> channels;
    private final @Nullable Set<String> groups;
    private final @Nullable Set<String> urls;
    private final boolean everyone;

    private Target(
            @Nullable Set<String> cids,
            @Nullable Set<String> users,
            @Nullable Set<String> devices,
            @Nullable Set<String> appids,
            @Nullable Set<String> channels,
            @Nullable Set<String> groups,
            @Nullable Set<String> urls,
            boolean everyone) {
        this.cids = cids;
        this.users = users;
        this.devices = devices;
        this.appids = appids;
        this.channels = channels;
        this.groups = groups;
        this.urls = urls;
        this.everyone = everyone;
    }

    /** The target that says nothing yet; {@link WebSocketManage} starts from it. */
    public static Target none() {
        return NONE;
    }

    /** These connections, and no others. */
    public Target cid(String... cids) {
        return cid(Arrays.asList(cids));
    }

    /** These connections, and no others. */
    public Target cid(Collection<String> cids) {
        return new Target(
                add("cid", this.cids, cids), users, devices, appids, channels, groups, urls, everyone);
    }

    /** Connections of these users, on all their devices. */
    public Target user(String... ids) {
        return user(Arrays.asList(ids));
    }

    /** Connections of these users, on all their devices. */
    public Target user(Collection<String> ids) {
        return new Target(cids, add("user", users, ids), devices, appids, channels, groups, urls, everyone);
    }

    /** Connections of these devices. */
    public Target device(String... ids) {
        return device(Arrays.asList(ids));
    }

    /** Connections of these devices. */
    public Target device(Collection<String> ids) {
        return new Target(cids, users, add("device", devices, ids), appids, channels, groups, urls, everyone);
    }

    /** Connections of these applications. */
    public Target appid(String... ids) {
        return appid(Arrays.asList(ids));
    }

    /** Connections of these applications. */
    public Target appid(Collection<String> ids) {
        return new Target(cids, users, devices, add("appid", appids, ids), channels, groups, urls, everyone);
    }

    /** Connections on these channels; a client that names none is on {@code "default"}. */
    public Target channel(String... names) {
        return channel(Arrays.asList(names));
    }

    /** Connections on these channels; a client that names none is on {@code "default"}. */
    public Target channel(Collection<String> names) {
        return new Target(cids, users, devices, appids, add("channel", channels, names), groups, urls, everyone);
    }

    /** Connections that joined one of these groups of the object; see {@link WebSocketManage#join}. */
    public Target group(String... names) {
        return group(Arrays.asList(names));
    }

    /** Connections that joined one of these groups of the object; see {@link WebSocketManage#join}. */
    public Target group(Collection<String> names) {
        return new Target(cids, users, devices, appids, channels, add("group", groups, names), urls, everyone);
    }

    /** Connections of these cloud objects, by path, in place of the current one. It selects nobody by itself. */
    public Target url(String... paths) {
        return url(Arrays.asList(paths));
    }

    /** Connections of these cloud objects, by path, in place of the current one. It selects nobody by itself. */
    public Target url(Collection<String> paths) {
        return new Target(cids, users, devices, appids, channels, groups, add("url", urls, paths), everyone);
    }

    /** Every connection of the object. It stands alone, or beside {@link #url}. */
    public Target everyone() {
        return new Target(cids, users, devices, appids, channels, groups, urls, true);
    }

    /**
     * This target, if it says whom it means.
     *
     * @throws CloudObjectException with code -1 when it has no selector, or {@link #everyone()} beside another one
     */
    public Target checked() {
        boolean selected = cids != null
                || users != null
                || devices != null
                || appids != null
                || channels != null
                || groups != null;
        if (!selected && !everyone) {
            throw new CloudObjectException(
                    Code.FAIL,
                    "the target names nobody: give cid, user, device, appid, channel or group, or say everyone()");
        }
        if (selected && everyone) {
            throw new CloudObjectException(
                    Code.FAIL, "the target says everyone() beside another selector: leave one of them out");
        }
        return this;
    }

    /** The connections named, {@code null} when none was said; the same holds for the other selectors. */
    public @Nullable Set<String> cids() {
        return cids;
    }

    public @Nullable Set<String> users() {
        return users;
    }

    public @Nullable Set<String> devices() {
        return devices;
    }

    public @Nullable Set<String> appids() {
        return appids;
    }

    public @Nullable Set<String> channels() {
        return channels;
    }

    public @Nullable Set<String> groups() {
        return groups;
    }

    public @Nullable Set<String> urls() {
        return urls;
    }

    /** Whether {@link #everyone()} was said. */
    public boolean isEveryone() {
        return everyone;
    }

    private static Set<String> add(String selector, @Nullable Set<String> known, Collection<String> more) {
        Objects.requireNonNull(more, selector);
        Set<String> all = known == null ? new LinkedHashSet<>() : new LinkedHashSet<>(known);
        for (String value : more) {
            if (value == null || value.isEmpty()) {
                throw new CloudObjectException(Code.FAIL, selector + " must not be null or empty");
            }
            all.add(value);
        }
        return Collections.unmodifiableSet(all);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Target[");
        append(text, "cid", cids);
        append(text, "user", users);
        append(text, "device", devices);
        append(text, "appid", appids);
        append(text, "channel", channels);
        append(text, "group", groups);
        append(text, "url", urls);
        return text.append(everyone ? " everyone" : "").append(" ]").toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Set<String> values) {
        if (values != null) {
            text.append(' ').append(name).append('=').append(values.size() > 5 ? values.size() + " values" : values);
        }
    }
}
