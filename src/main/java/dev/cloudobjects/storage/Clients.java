package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.MongoClientOptions;
import com.mongodb.MongoClientURI;
import com.mongodb.ServerAddress;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Log;

/** Opens the one client. */
final class Clients {

    private Clients() {}

    /**
     * A client of an outside MongoDB; does not wait for it. Options in the URI win over ours.
     *
     * @throws IllegalStateException when the URI is malformed, without quoting it
     */
    static MongoClient external(Settings settings) {
        MongoClientURI uri;
        try {
            uri = new MongoClientURI(settings.get(Keys.MONGODB_URI), options().socketTimeout(2_000));
        } catch (RuntimeException e) {
            // Without its cause: the driver's message may quote credentials.
            throw new IllegalStateException(Keys.MONGODB_URI.name() + " is not a usable MongoDB URI");
        }
        Log.DATABASE_EXTERNAL.log(settings.get(Keys.MONGODB_DATABASE), String.join(",", uri.getHosts()));
        return new MongoClient(uri);
    }

    /** A client of the embedded server, which may be slow on a busy machine, but is never cut off. */
    static MongoClient embedded(ServerAddress address) {
        return new MongoClient(address, options().socketTimeout(30_000).build());
    }

    /** A dead database is noticed in about two seconds; the driver's own defaults wait for thirty, or for ever. */
    private static MongoClientOptions.Builder options() {
        return MongoClientOptions.builder()
                .applicationName("cloud-objects")
                .serverSelectionTimeout(1_500)
                .connectTimeout(1_000)
                .maxWaitTime(1_500)
                .heartbeatFrequency(2_000)
                .heartbeatConnectTimeout(1_000)
                .heartbeatSocketTimeout(1_000)
                .connectionsPerHost(32);
    }
}
