package dev.cloudobjects.users;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Creates an account and logs it in. */
@CloudObject("user/pub/register")
@EnabledBy(value = "cloudobjects.oidc", is = false)
public class RegisterObject {

    @Inject
    UserCentre users;

    @Inject
    ClientInfo client;

    /**
     * The data of a registration.
     *
     * @param username a letter, then 3 to 32 letters, digits or underscores
     * @param password 6 to 128 characters
     * @param nickname at most 64 characters; optional
     */
    public record Registration(@Nullable String username, @Nullable String password, @Nullable String nickname) {}

    /** Answers like a login. */
    public Result main(Registration registration) {
        return LoginAnswers.opened(users.register(
                registration.username(), registration.password(), registration.nickname(), client.deviceId(), client.clientIP()));
    }
}
