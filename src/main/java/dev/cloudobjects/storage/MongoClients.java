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

/** Creates the one MongoDB client of the application. */
final class MongoClients {

    /** Firewalls and load balancers drop idle connections after one minute or more; the client closes them earlier. */
    private static final int IDLE_MILLIS = 30_000;

    private static final Pattern OPTION_NAME = Pattern.compile("(?<=^|[&;])[^=&;]+(?==)");

    private MongoClients() {}

    /**
     * Creates a client of an external MongoDB, without waiting for a connection. Options in the URI override the defaults
     * here.
     *
     * @throws IllegalStateException if the URI is malformed; its message does not quote the URI
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

    /**
     * The URI with lower-case option names. The driver converts them in the default locale, so with a Turkish locale it
     * does not recognise a name with an {@code I}.
     */
    static String withLowerCaseOptions(String uri) {
        int start = uri.indexOf('?') + 1;
        return start == 0
                ? uri
                : uri.substring(0, start)
                        + OPTION_NAME
                                .matcher(uri.substring(start))
                                .replaceAll(name -> Matcher.quoteReplacement(name.group().toLowerCase(Locale.ROOT)));
    }

    /** Creates a client of the embedded server. Its timeout is longer: a busy machine may slow the embedded server down. */
    static MongoClient embedded(ServerAddress address) {
        return new MongoClient(address, options().socketTimeout(30_000).build());
    }

    /**
     * Options that detect an unreachable database within about two seconds; the driver's defaults are 30 seconds or no
     * limit. The driver's limit on waiting threads is switched off in effect: the application limits its calls itself.
     */
    @SuppressWarnings("deprecation") // The next driver version has removed this limit.
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
