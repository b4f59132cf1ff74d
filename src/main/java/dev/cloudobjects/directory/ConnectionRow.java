package dev.cloudobjects.directory;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code vk-ws-connection}.
 *
 * @param cid {@code _id}
 * @param addTime {@code _add_time}, milliseconds since 1970
 * @param path {@code url}: the path of the cloud object
 * @param channel the channel
 * @param userId {@code user_id}
 * @param deviceId {@code device_id}
 * @param appid the application's id
 * @param awaySince {@code away_since}: since when it has no socket, in milliseconds since 1970; {@code null} while it has one
 * @param nodeId {@code node_id}: the node that holds the connection
 * @param nodeEpoch {@code node_epoch}: the start of that node, a different number for each start
 */
public record ConnectionRow(
        String cid,
        long addTime,
        String path,
        String channel,
        @Nullable String userId,
        @Nullable String deviceId,
        @Nullable String appid,
        @Nullable Long awaySince,
        String nodeId,
        long nodeEpoch) {}
