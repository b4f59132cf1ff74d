package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.session.Connections;
import jakarta.inject.Inject;
import java.time.Duration;

/** Makes the endpoints of accepted handshakes. They are no beans: a bean of each connection would have to be destroyed. */
@Part
class EndpointFactory {

    private final Connections connections;
    private final Gateway gateway;
    private final CloudObjectEndpoint.Limits limits;

    @Inject
    EndpointFactory(Connections connections, Gateway gateway, Settings settings) {
        this.connections = connections;
        this.gateway = gateway;
        this.limits = limits(settings);
    }

    CloudObjectEndpoint create(Handshake handshake) {
        return new CloudObjectEndpoint(handshake, connections, gateway, limits);
    }

    private static CloudObjectEndpoint.Limits limits(Settings settings) {
        Duration silence = settings.get(Keys.PING_INTERVAL).plus(settings.get(Keys.PING_TIMEOUT));
        return new CloudObjectEndpoint.Limits(
                settings.get(Keys.MESSAGE_MAX_BYTES),
                settings.get(Keys.MESSAGE_MAX_FRAGMENTS),
                silence.multipliedBy(2).toMillis(),
                settings.get(Keys.WRITE_TIMEOUT).toMillis());
    }
}
