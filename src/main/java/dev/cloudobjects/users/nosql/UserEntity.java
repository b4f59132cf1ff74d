package dev.cloudobjects.users.nosql;

import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.NewAccount;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.persistence.nosql.annotations.DataFormatType;
import org.eclipse.persistence.nosql.annotations.Field;
import org.eclipse.persistence.nosql.annotations.NoSql;
import org.jspecify.annotations.Nullable;

/** A new row of {@code uni-id-users}, for the creation of an account. */
@Entity
@NoSql(dataType = UserEntity.COLLECTION, dataFormat = DataFormatType.MAPPED)
public class UserEntity {

    static final String COLLECTION = "uni-id-users";

    @Id
    @Field(name = "_id")
    private @Nullable String id;

    @Field(name = "username")
    private @Nullable String username;

    @Field(name = "password")
    private @Nullable String password;

    @Field(name = "nickname")
    private @Nullable String nickname;

    @ElementCollection
    @Field(name = "role")
    private List<String> role = new ArrayList<>();

    @Field(name = "status")
    private int status;

    @Field(name = "register_date")
    private long registerDate;

    @Field(name = Account.DEMO)
    private @Nullable Boolean demo;

    /** Required by Jakarta Persistence. */
    protected UserEntity() {}

    UserEntity(NewAccount account) {
        id = account.uid();
        username = account.username();
        password = account.passwordHash();
        nickname = account.nickname();
        status = AccountStatus.NORMAL.value();
        demo = account.demo() ? Boolean.TRUE : null;
        registerDate = account.registeredAt().toEpochMilli();
    }
}
