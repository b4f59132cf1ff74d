package dev.cloudobjects.socket.jakarta;

import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.util.function.Supplier;

/** Makes the endpoint of one upgrade, because Liberty passes neither path parameters nor user properties to an endpoint. */
final class EndpointConfigurator extends Configurator {

    private final Supplier<CloudObjectEndpoint> endpoint;

    EndpointConfigurator(Supplier<CloudObjectEndpoint> endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoint.get());
    }

    /** The origin was checked before the upgrade. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }
}
