package dev.cloudobjects.handshake;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.http.JsonServlet;
import dev.cloudobjects.http.LimitExceeded;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.http.RequestHead;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /ws/<path>}: accepts or refuses a WebSocket handshake before the upgrade, so that a refusal is an HTTP status with a JSON
 * body. A path may have any number of segments, which the templates of {@code @ServerEndpoint} cannot express.
 */
@WebServlet(urlPatterns = "/ws/*", loadOnStartup = 1, asyncSupported = true)
public class HandshakeServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Handshakes handshakes;

    @Inject
    transient SocketUpgrades sockets;

    @Inject
    transient Meters meters;

    @Override
    public void init() {
        sockets.servedAt(getServletContext().getContextPath());
    }

    @Override
    protected void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!sockets.answerSelfTest(request, response)) {
            sockets.upgrade(request, response, handshakes.decide(RequestHead.of(request)));
        }
    }

    @Override
    protected void refused(
            HttpServletRequest request, HttpServletResponse response, CloudObjectException why, String requestId) {
        meters.count(Meter.HANDSHAKES_REFUSED);
        if (why instanceof LimitExceeded) {
            super.refused(request, response, why, requestId);
        } else {
            Log.HANDSHAKE_REFUSED.logFrom(
                    address(request), request.getPathInfo(), why.code(), Refused.reason(why), requestId);
        }
        if (why.code() == Code.UPGRADE_REQUIRED.value()) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Sec-WebSocket-Version", UpgradeHeaders.VERSION);
        }
    }
}
