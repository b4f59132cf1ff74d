package dev.cloudobjects.users;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Logs a user in. */
@CloudObject("user/pub/login")
@EnabledBy(value = "cloudobjects.oidc", is = false)
public class LoginObject {

    @Inject
    UserCentre users;

    @Inject
    ClientInfo client;

    /** The credentials of a login. */
    public record Attempt(@Nullable String username, @Nullable String password) {}

    /** Answers with a token, which is bound to the client's device id if it sends one. */
    public Result main(Attempt attempt) {
        return LoginAnswers.opened(
                users.login(attempt.username(), attempt.password(), client.deviceId(), client.clientIP()));
    }
}
