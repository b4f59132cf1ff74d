package dev.cloudobjects.admin;

import dev.cloudobjects.directory.ConnectionRow;
import org.jspecify.annotations.Nullable;

/** A row of the table of connections, with the field names of the table. */
public record StoredConnection(
        String _id,
        long _add_time,
        String url,
        String channel,
        @Nullable String user_id,
        @Nullable String device_id,
        @Nullable String appid,
        @Nullable Long away_since,
        String node_id,
        long node_epoch) {

    static StoredConnection of(ConnectionRow row) {
        return new StoredConnection(
                row.cid(),
                row.addTime(),
                row.path(),
                row.channel(),
                row.userId(),
                row.deviceId(),
                row.appid(),
                row.awaySince(),
                row.nodeId(),
                row.nodeEpoch());
    }
}
