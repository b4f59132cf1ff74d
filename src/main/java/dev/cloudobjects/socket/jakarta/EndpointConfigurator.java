package dev.cloudobjects.socket.jakarta;

import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.util.function.Supplier;

/** Gives one upgrade its endpoint: the path parameters and user properties of the container do not reach it. */
final class EndpointConfigurator extends Configurator {

    private final Supplier<CloudObjectEndpoint> endpoint;

    EndpointConfigurator(Supplier<CloudObjectEndpoint> endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(endpoint.get());
    }

    /** The origin was checked in front of the upgrade. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }
}
