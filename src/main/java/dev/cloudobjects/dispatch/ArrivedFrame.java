package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.dispatch.Gateway.Turn;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.trace.ConnectionTrace;
import org.jspecify.annotations.Nullable;

/** A frame that came on a link: what is done with each kind of it. */
final class ArrivedFrame implements ClientFrame.Handler {

    private final Gateway gateway;
    private final Session session;
    private final Link link;
    private final Turn turn;

    ArrivedFrame(Gateway gateway, Session session, Link link, Turn turn) {
        this.gateway = gateway;
        this.session = session;
        this.link = link;
        this.turn = turn;
    }

    @Override
    public void connect(ClientFrame.Connect connect) {
        if (!link.connectSaid()) {
            gateway.refused.violated(session, new MalformedMessage("this connection is connected already"));
            return;
        }
        if (connect.batch()) {
            link.takesBatches();
        }
        if (connect.resume() != null) {
            gateway.attachments.makeResumable(session);
        }
        if (connect.requests()) {
            session.requestsAnswered();
        }
        if (turn == Turn.NOW) {
            gateway.events.connection(session, connect);
        } else {
            gateway.connect(session, connect);
        }
    }

    @Override
    public void message(ClientFrame.Message message) {
        received(message.id(), message.data());
        inTurn(message, message.data().size(), () -> gateway.events.message(session, message.id(), message.data()));
    }

    @Override
    public void request(ClientFrame.Request request) {
        received(request.id(), request.data());
        inTurn(request, request.data().size(), () -> gateway.requests.run(session, request));
    }

    @Override
    public void response(ClientFrame.Response response) {
        received(response.id(), response.data());
        if (mayCome(response) && (turn == Turn.NOW || session.noteReceived(link, response.id()))) {
            gateway.requests.answered(session, response);
        }
    }

    @Override
    public void cancel(ClientFrame.Cancel cancel) {
        if (mayCome(cancel)) {
            gateway.requests.cancel(session, cancel);
        }
    }

    @Override
    public void credit(ClientFrame.Credit credit) {
        if (mayCome(credit)) {
            gateway.requests.credit(session, credit);
        }
    }

    private void received(@Nullable Long id, Payload data) {
        gateway.meters.count(Meter.MESSAGES_RECEIVED);
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            String json = data instanceof Payload.Json text ? text.text() : null;
            trace.write(TraceLine.RECEIVED, id, data.size(), trace.shown(json, session.encrypted()));
        }
    }

    @Override
    public void auth(ClientFrame.Auth auth) {
        inTurn(auth, auth.token().length(), () -> gateway.renewal.run(session, auth));
    }

    @Override
    public void catchUp(ClientFrame.CatchUp catchUp) {
        inTurn(catchUp, catchUp.group().length(), () -> gateway.groups.catchUp(session, catchUp));
    }

    @Override
    public void here(ClientFrame.Here here) {
        inTurn(here, here.place().name().length(), () -> gateway.groups.here(session, here));
    }

    @Override
    public void ping(ClientFrame.Ping ping) {
        gateway.deliveries.tell(session, new ServerFrame.Pong());
        confirmed(ping.received());
    }

    /** The link has noted that the client was heard. */
    @Override
    public void pong(ClientFrame.Pong pong) {
        confirmed(pong.received());
    }

    private void confirmed(@Nullable Long received) {
        if (received != null && !session.confirmed(received)) {
            gateway.refused.violated(session, new MalformedMessage("received is more than was sent"));
        }
    }

    /** Whether the connect frame came before; if not, the client is closed. */
    private boolean mayCome(ClientFrame frame) {
        if (link.awaitsConnect()) {
            String why = "the connect frame must come first";
            gateway.refused.violated(session, new MalformedMessage(Code.BAD_REQUEST, why, frame.id()));
        }
        return !link.awaitsConnect();
    }

    /** Has a frame handled behind those that came before it; it is dropped when too many wait. */
    private void inTurn(ClientFrame frame, int size, Runnable handling) {
        Long id = frame.id();
        if (!mayCome(frame)) {
            return;
        }
        if (turn == Turn.NOW) {
            run(id, handling);
        } else if (!session.handle(link, id, () -> run(id, handling), size)) {
            gateway.refused.overrun(session, id);
        }
    }

    private void run(@Nullable Long id, Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            // Whoever waits for an answer to this frame gets one; the inbox logs the failure.
            gateway.refused.failed(session, id);
            throw e;
        }
    }
}
