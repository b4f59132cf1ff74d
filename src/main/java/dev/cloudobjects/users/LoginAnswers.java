package dev.cloudobjects.users;

import dev.cloudobjects.api.Result;
import dev.cloudobjects.security.IdentityProvider.IssuedToken;
import java.util.Map;

/** Builds the answers of the cloud objects {@code user/pub/…}, in the format of VK's clients. */
final class LoginAnswers {

    private LoginAnswers() {}

    /** The answer with a token. */
    static Result token(IssuedToken token) {
        long expires = token.expiresAt().toEpochMilli();
        return Result.ok()
                .with("token", token.token())
                .with("tokenExpired", expires)
                .with("vk_uni_token", Map.of("token", token.token(), "tokenExpired", expires));
    }

    /** The answer to a login: the token and the user. */
    static Result opened(UserCentre.LoginResult opened) {
        return token(opened.token())
                .with("uid", opened.user().id())
                .with("username", opened.user().username())
                .with("userInfo", opened.user().toJson())
                .with("needUpdateUserInfo", true);
    }
}
