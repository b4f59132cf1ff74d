package dev.cloudobjects.call;

import dev.cloudobjects.api.CallInfo.HttpInfo;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.IdentityProvider.IssuedToken;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a method or an event of a cloud object. Used by the thread of the call only. */
public final class Call {

    /** The member of a caller's data that is removed before the call: a client can't say who calls. */
    public static final String UID = "uid";

    private final ObjectModel object;
    private final ObjectMethod method;
    private final Source source;
    private final Caller caller;
    private final Payload params;
    private final @Nullable Object argument;
    private final String requestId;
    private final @Nullable CallConnection connection;
    private final @Nullable HttpInfo http;
    private final @Nullable String baseUrl;

    private @Nullable String url;
    private @Nullable JsonValue tree;
    private @Nullable Method announced;
    private @Nullable Object inHook;
    private JsonObject filterResponse = JsonValue.EMPTY_JSON_OBJECT;
    private @Nullable IssuedToken renewed;
    private @Nullable Optional<UserInfo> user;

    private Call(Builder from) {
        this.object = from.object;
        this.method = from.method;
        this.source = from.source;
        this.caller = from.caller;
        this.params = from.params;
        this.argument = from.argument;
        this.requestId = from.requestId;
        this.connection = from.connection;
        this.http = from.http;
        this.baseUrl = from.baseUrl;
    }

    /** Starts describing a call. */
    public static Builder of(ObjectModel object, ObjectMethod method, String requestId) {
        return new Builder(object, method, requestId);
    }

    /** The object that is called. */
    public ObjectModel object() {
        return object;
    }

    /** The method or event that is called. */
    public ObjectMethod method() {
        return method;
    }

    /** {@code path.method}. */
    public String url() {
        String known = url;
        if (known == null) {
            known = object.path() + "." + method.name();
            url = known;
        }
        return known;
    }

    /** The event that is called; empty for a callable method. */
    public Optional<Event> event() {
        return Event.ofMethod(method.name());
    }

    /** How the call arrived. */
    public Source source() {
        return source;
    }

    /** Who calls. */
    public Caller caller() {
        return caller;
    }

    /** The caller's data. */
    public Payload params() {
        return params;
    }

    /** The caller's data as a JSON tree, which is made once; binary data as bytes in their tagged form. */
    public JsonValue tree(JsonMapper json) {
        JsonValue known = tree;
        if (known == null) {
            known = json.tree(params);
            tree = known;
        }
        return known;
    }

    /**
     * The argument of the method: the value that the server made for it, otherwise the caller's data bound to the type of the
     * parameter; {@code null} when the method takes none.
     *
     * @throws dev.cloudobjects.json.MismatchedData when the data is of another type
     */
    public @Nullable Object argument(JsonMapper json) {
        Type type = method.parameter();
        return argument != null || type == null ? argument : json.read(params, type);
    }

    /** The id of this call. */
    public String requestId() {
        return requestId;
    }

    /** The connection that it came through, or {@code null}. */
    public @Nullable CallConnection connection() {
        return connection;
    }

    /** The id of that connection, or {@code null}. */
    public @Nullable String cid() {
        return connection == null ? null : connection.cid();
    }

    /** The HTTP request that the call arrived in, or {@code null}. */
    public @Nullable HttpInfo http() {
        return http;
    }

    /** The address at which the client called the application, or {@code null}. */
    public @Nullable String baseUrl() {
        return baseUrl;
    }

    /** The merged answers of the filters that have run. */
    public JsonObject filterResponse() {
        return filterResponse;
    }

    /** Sets the merged answers of the filters that have run. */
    public void filterResponse(JsonObject merged) {
        this.filterResponse = merged;
    }

    /** The token that a filter issued in place of the caller's, or {@code null}. */
    public @Nullable IssuedToken renewed() {
        return renewed;
    }

    /** Sets the token issued in place of the caller's. */
    public void renewed(IssuedToken token) {
        this.renewed = token;
    }

    /** Announces the next invocation of the called method: the filters have admitted the call. */
    public void announce(Method invoked) {
        this.announced = invoked;
    }

    /** Whether an invocation is the announced one. Each announcement holds for one invocation. */
    public boolean enter(Method invoked) {
        if (!invoked.equals(announced)) {
            return false;
        }
        announced = null;
        return true;
    }

    /** A hook of this instance of the object begins. */
    public void beginHook(Object instance) {
        this.inHook = instance;
    }

    /** The hook has ended. */
    public void endHook() {
        this.inHook = null;
    }

    /** Whether a hook of this instance is running: an invocation that it makes of itself needs no check. */
    public boolean isInHookOf(Object instance) {
        return inHook == instance;
    }

    Optional<UserInfo> user(UserLookup lookup) {
        Optional<UserInfo> known = user;
        if (known == null) {
            String uid = caller.uid();
            known = uid == null ? Optional.empty() : lookup.find(uid);
            user = known;
        }
        return known;
    }

    /** Finds a user's row. */
    interface UserLookup {
        Optional<UserInfo> find(String uid);
    }

    /** Describes a call. */
    public static final class Builder {
        private final ObjectModel object;
        private final ObjectMethod method;
        private final String requestId;
        private Source source = Source.SERVER;
        private Caller caller = Caller.server();
        private Payload params = Payload.NULL;
        private @Nullable Object argument;
        private @Nullable CallConnection connection;
        private @Nullable HttpInfo http;
        private @Nullable String baseUrl;

        private Builder(ObjectModel object, ObjectMethod method, String requestId) {
            this.object = object;
            this.method = method;
            this.requestId = requestId;
        }

        /** How the call arrived, and who calls. */
        public Builder from(Source source, Caller caller) {
            this.source = source;
            this.caller = caller;
            return this;
        }

        /** The caller's data; {@link Payload#NULL} by default. */
        public Builder params(Payload params) {
            this.params = params;
            return this;
        }

        /** The argument of the method, when the server makes it and not the caller. */
        public Builder argument(Object argument) {
            this.argument = argument;
            return this;
        }

        /** The connection that it came through. */
        public Builder connection(@Nullable CallConnection connection) {
            this.connection = connection;
            return this;
        }

        /** The HTTP request that the call arrived in. */
        public Builder http(@Nullable HttpInfo http) {
            this.http = http;
            return this;
        }

        /** The address at which the client called the application. */
        public Builder baseUrl(@Nullable String baseUrl) {
            this.baseUrl = baseUrl;
            return this;
        }

        /** The call. */
        public Call build() {
            return new Call(this);
        }
    }
}
