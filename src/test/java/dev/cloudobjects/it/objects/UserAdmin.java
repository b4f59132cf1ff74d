package dev.cloudobjects.it.objects;

import com.mongodb.client.model.Filters;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import dev.cloudobjects.security.TokenClaims;
import dev.cloudobjects.security.Tokens;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.Role;
import dev.cloudobjects.users.StoredPermission;
import dev.cloudobjects.users.UserCentre;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What the tests do as an administrator of users, open to anyone. */
@CloudObject("it/pub.users")
public class UserAdmin {

    @Inject
    UserCentre users;

    @Inject
    Keyring keys;

    @Inject
    Database database;

    /** A role with one permission for each url, all matched in one way. */
    public record NewRole(String id, List<String> urls, MatchMode mode, boolean enabled) {}

    /** An account and the roles that it shall have. */
    public record NewRoles(String user, Set<String> roles) {}

    /** An account and the status that it shall have. */
    public record NewStatus(String user, AccountStatus status) {}

    /** One field of one row; its value is a number or, if there are any, texts. */
    public record ByHand(
            String table, String key, String id, String field, @Nullable Integer number, @Nullable List<String> texts) {}

    /** A token, and how long its copy shall be good, in seconds: zero or less for an expired one. */
    public record Shortening(String token, int seconds) {}

    /** Defines a role. */
    public void role(NewRole role) {
        List<String> ids = role.urls().stream().map(url -> role.id() + " " + url).toList();
        for (int i = 0; i < ids.size(); i++) {
            Permission permission = new Permission(ids.get(i), role.urls().get(i), role.mode());
            users.define(new StoredPermission(permission, "", 1, true));
        }
        users.define(new Role(role.id(), "", Set.copyOf(ids), role.enabled()));
    }

    /** Gives roles to an account. */
    public void roles(NewRoles change) {
        users.changeRoles(change.user(), users.find(change.user()).orElseThrow().role(), change.roles());
    }

    /** Bans an account, or lets it in again. */
    public void status(NewStatus change) {
        users.changeStatus(change.user(), change.status());
    }

    /** What somebody does in the database by hand: the server hears nothing of it. */
    public void byHand(ByHand change) {
        Document set = new Document(change.field(), change.texts() == null ? change.number() : change.texts());
        database.documents(change.table()).updateOne(Filters.eq(change.key(), change.id()), new Document("$set", set));
    }

    /** A token of the same session that ends earlier. */
    public Result shorten(Shortening wish) throws ParseException {
        JWTClaimsSet claims = SignedJWT.parse(wish.token()).getJWTClaimsSet();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        TokenClaims shorter = new TokenClaims(
                claims.getStringClaim("uid"),
                claims.getStringClaim("sid"),
                claims.getJWTID(),
                claims.getStringClaim("did"),
                Set.of(),
                Set.of(),
                claims.getIssueTime().toInstant(),
                now.plusSeconds(wish.seconds()));
        return Result.ok("token", new Tokens(keys.secret("token"), InstantSource.system()).issue(shorter))
                .with("expires", shorter.expiresAt().toEpochMilli());
    }
}
