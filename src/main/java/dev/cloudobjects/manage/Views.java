package dev.cloudobjects.manage;

import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.ObjectDirectory;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the views of the service that objects and other beans use. */
@UnproxiedSingleton
class Views {

    private final CurrentCall current;
    private final ObjectDirectory objects;
    private final SignedURLs signedURLs;
    private final JsonMapper json;
    private final AttributeLimits limits;
    private final Duration requestTimeout;

    @Inject
    Views(CurrentCall current, ObjectDirectory objects, SignedURLs signedURLs, JsonMapper json, Settings settings) {
        this.current = current;
        this.objects = objects;
        this.signedURLs = signedURLs;
        this.json = json;
        this.limits = AttributeLimits.of(settings);
        this.requestTimeout = settings.get(Keys.REQUEST_TIMEOUT);
    }

    /** A view that is preset to the object at a path, or with {@code null} to that of the call in progress. */
    WebSocketManage of(ManageService service, @Nullable String path) {
        Addressing addressing = new Addressing(current, path, candidate -> objects.find(candidate).isPresent());
        return new WebSocketManageView(service, signedURLs, json, limits, requestTimeout, addressing);
    }
}
