package dev.cloudobjects.users;

import dev.cloudobjects.api.Result;
import dev.cloudobjects.security.IdentityProvider.IssuedToken;
import java.util.Map;

/** The answers of the cloud objects here, in the shape that VK's clients read. */
final class Answers {

    private Answers() {}

    /** The token, where clients look for it to keep it. */
    static Result token(IssuedToken token) {
        long expires = token.expiresAt().toEpochMilli();
        return Result.ok()
                .with("token", token.token())
                .with("tokenExpired", expires)
                .with("vk_uni_token", Map.of("token", token.token(), "tokenExpired", expires));
    }

    /** A session that was opened, and the user, for clients to keep. */
    static Result opened(UserCentre.Opened opened) {
        return token(opened.token())
                .with("uid", opened.user().id())
                .with("username", opened.user().username())
                .with("userInfo", opened.user().toJson())
                .with("needUpdateUserInfo", true);
    }
}
