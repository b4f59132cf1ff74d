package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.MongoClientOptions;
import com.mongodb.MongoClientURI;
import com.mongodb.ServerAddress;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Log;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the one client. */
final class Clients {

    /** Firewalls and balancers cut what is idle after a minute and more: a connection is given up before. */
    private static final int IDLE_MILLIS = 30_000;

    private static final Pattern OPTION_NAME = Pattern.compile("(?<=^|[&;])[^=&;]+(?==)");

    private Clients() {}

    /**
     * A client of an outside MongoDB; does not wait for it. Options in the URI win over ours.
     *
     * @throws IllegalStateException when the URI is malformed, without quoting it
     */
    static MongoClient external(Settings settings) {
        MongoClientURI uri;
        try {
            uri = new MongoClientURI(
                    withLowerCaseOptions(settings.get(Keys.MONGODB_URI)),
                    options().socketTimeout(2_000).maxConnectionIdleTime(IDLE_MILLIS));
        } catch (RuntimeException e) {
            // Without its cause: the driver's message may quote credentials.
            throw new IllegalStateException(Keys.MONGODB_URI.name() + " is not a usable MongoDB URI");
        }
        Log.DATABASE_EXTERNAL.log(settings.get(Keys.MONGODB_DATABASE), String.join(",", uri.getHosts()));
        return new MongoClient(uri);
    }

    /** The driver makes the names of options lower case in the default locale: under Turkish it knows none that has an I. */
    static String withLowerCaseOptions(String uri) {
        int start = uri.indexOf('?') + 1;
        return start == 0
                ? uri
                : uri.substring(0, start)
                        + OPTION_NAME
                                .matcher(uri.substring(start))
                                .replaceAll(name -> Matcher.quoteReplacement(name.group().toLowerCase(Locale.ROOT)));
    }

    /** A client of the embedded server, which may be slow on a busy machine, but is never cut off. */
    static MongoClient embedded(ServerAddress address) {
        return new MongoClient(address, options().socketTimeout(30_000).build());
    }

    /**
     * A dead database is noticed in about two seconds; the driver's own defaults wait for thirty, or for ever. So long may a
     * call wait for a connection, however many others do: how many there are is bounded where they come in.
     */
    @SuppressWarnings("deprecation") // The next driver has no such limit any more.
    private static MongoClientOptions.Builder options() {
        return MongoClientOptions.builder()
                .applicationName("cloud-objects")
                .serverSelectionTimeout(1_500)
                .connectTimeout(1_000)
                .maxWaitTime(1_500)
                .heartbeatFrequency(2_000)
                .heartbeatConnectTimeout(1_000)
                .heartbeatSocketTimeout(1_000)
                .threadsAllowedToBlockForConnectionMultiplier(1_000)
                .connectionsPerHost(32)
                .retryReads(true)
                .retryWrites(true);
    }
}
