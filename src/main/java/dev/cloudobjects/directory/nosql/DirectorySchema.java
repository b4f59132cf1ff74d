package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.storage.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** The schema of the table of connections. */
@ApplicationScoped
class DirectorySchema implements Schema {

    @Override
    public List<Class<?>> entities() {
        return List.of(WsConnection.class);
    }

    @Override
    public List<Index> indexes() {
        return Stream.of("_add_time", "user_id", "device_id", "node_id")
                .map(field -> new Index(WsConnection.COLLECTION, field, false))
                .toList();
    }
}
