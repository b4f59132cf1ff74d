package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.directory.ConnectionRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.eclipse.persistence.nosql.annotations.DataFormatType;
import org.eclipse.persistence.nosql.annotations.Field;
import org.eclipse.persistence.nosql.annotations.NoSql;
import org.jspecify.annotations.Nullable;

/** A row of {@code vk-ws-connection}: an open connection. Used for reads; {@link NosqlDirectory} writes rows in bulk. */
@Entity
@NoSql(dataType = WsConnection.COLLECTION, dataFormat = DataFormatType.MAPPED)
public class WsConnection {

    static final String COLLECTION = "vk-ws-connection";

    @Id
    @Field(name = "_id")
    private String cid = "";

    @Field(name = "_add_time")
    private long addTime;

    @Field(name = "url")
    private String url = "";

    @Field(name = "channel")
    private String channel = "";

    @Field(name = "user_id")
    private @Nullable String userId;

    @Field(name = "device_id")
    private @Nullable String deviceId;

    @Field(name = "appid")
    private @Nullable String appid;

    @Field(name = "away_since")
    private @Nullable Long awaySince;

    @Field(name = "node_id")
    private String nodeId = "";

    @Field(name = "node_epoch")
    private long nodeEpoch;

    /** Required by Jakarta Persistence. */
    protected WsConnection() {}

    ConnectionRow toRow() {
        return new ConnectionRow(cid, addTime, url, channel, userId, deviceId, appid, awaySince, nodeId, nodeEpoch);
    }
}
