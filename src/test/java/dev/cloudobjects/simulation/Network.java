package dev.cloudobjects.simulation;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.socket.SocketListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sockets and requests between clients and servers. */
final class Network {

    private record Request(int id, String path, String token) {}

    private final World world;
    private final Users users;
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<Integer, Socket> all = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, String> tickets = new HashMap<>();
    private boolean outage;

    Network(World world, Users users) {
        this.world = world;
        this.users = users;
    }

    Socket socket(int id) {
        return Objects.requireNonNull(all.get(id));
    }

    /** A socket that is not over yet; {@code null} for none. */
    @Nullable Socket any(int number) {
        return sockets.isEmpty() ? null : sockets.get(number % sockets.size());
    }

    /** A client asks for something. */
    void requested(int client, int id, String path, String token) {
        requests.add(new Request(id, path, token));
    }

    /** A client opens a socket. */
    void opens(int client, int id, String address, Server server) {
        Socket socket = new Socket(id, client, server, world);
        sockets.add(socket);
        all.put(id, socket);
        String token = tickets.get(address);
        socket.request(opened -> accept(opened, String.valueOf(token)));
        if (outage) {
            socket.breakOff(0, true, false, false);
        }
    }

    private @Nullable SocketListener accept(Socket socket, String token) {
        boolean accepts = socket.server == world.server() && socket.server.bench.sessions.isAccepting();
        Authentication who = users.authenticate(token, null);
        return accepts && mayConnect(who) ? socket.server.open(socket.client, who, socket) : null;
    }

    private boolean mayConnect(Authentication who) {
        return who instanceof Authentication.Authenticated || (who == Authentication.ANONYMOUS && !world.limits.needsLogin());
    }

    int choices() {
        sockets.removeIf(Socket::isOver);
        int choices = requests.size();
        for (Socket socket : sockets) {
            choices += socket.choices();
        }
        return choices;
    }

    void choose(int index) {
        int left = index;
        if (left < requests.size()) {
            answer(requests.remove(left));
            return;
        }
        left -= requests.size();
        for (Socket socket : sockets) {
            int choices = socket.choices();
            if (left < choices) {
                socket.choose(left);
                return;
            }
            left -= choices;
        }
    }

    private void answer(Request request) {
        if (outage) {
            world.tell("answer", request.id(), 0, "");
        } else if (!request.path().equals("connect")) {
            world.tell("answer", request.id(), 200, "{\"code\":0,\"msg\":\"\"}");
        } else if (!world.server().bench.sessions.isAccepting()) {
            refuse(request, 503, Code.UNAVAILABLE);
        } else {
            ticket(request);
        }
    }

    private void ticket(Request request) {
        Authentication who = users.authenticate(request.token(), null);
        if (who instanceof Authentication.Rejected rejected) {
            refuse(request, 401, rejected.code());
        } else if (!mayConnect(who)) {
            refuse(request, 401, Code.TOKEN_INVALID);
        } else {
            String address = "wss://simulation.example/ws/" + request.id();
            tickets.put(address, request.token());
            world.tell("answer", request.id(), 200, "{\"code\":0,\"msg\":\"\",\"url\":\"" + address + "\"}");
        }
    }

    private void refuse(Request request, int status, Code code) {
        world.tell("answer", request.id(), status, "{\"code\":" + code.value() + ",\"msg\":\"no\",\"requestId\":\"r\"}");
    }

    /** Requests fail from now on, or work again. */
    void outage() {
        outage = !outage;
    }

    /** No fault is left but sockets that are broken already. */
    void heal() {
        outage = false;
        sockets.forEach(Socket::flow);
    }

    /** The sockets of a server end. */
    void serverDied(Server server) {
        sockets.stream().filter(socket -> socket.server == server).forEach(Socket::serverDied);
    }
}
