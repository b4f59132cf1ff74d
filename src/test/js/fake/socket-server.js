import { createHash } from "node:crypto";
import { createServer } from "node:http";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A real server of WebSockets, for small messages: the tickets of `/connect`, and frames as the test answers them. */
export class SocketServer {
  /** @type {(frame: any, send: (frame: object) => void) => void} */
  onFrame = () => {};
  baseUrl = "";
  #http = createServer((request, response) => {
    request.resume();
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ code: 0, msg: "", url: `${this.baseUrl.replace("http", "ws")}ws/a?ticket=t` }));
  });
  /** @type {Set<import("node:stream").Duplex>} */
  #sockets = new Set();

  static async start() {
    const server = new SocketServer();
    await new Promise((resolve) => server.#http.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.#http.address());
    server.baseUrl = `http://127.0.0.1:${port}/`;
    server.#http.on("upgrade", (request, socket) => server.#upgrade(request, socket));
    return server;
  }

  async stop() {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:stream").Duplex} socket */
  #upgrade(request, socket) {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    const protocol = request.headers["sec-websocket-protocol"];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, `Sec-WebSocket-Protocol: ${protocol}`, "", ""].join("\r\n"));
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const length = pending[1] & 127;
        const at = length === 126 ? 4 : 2;
        const size = length === 126 ? pending.length >= 4 && pending.readUInt16BE(2) : length;
        if (pending.length < 2 || size === false || pending.length < at + 4 + size) {
          return;
        }
        const mask = pending.subarray(at, at + 4);
        const body = Buffer.from(pending.subarray(at + 4, at + 4 + size).map((byte, i) => byte ^ mask[i % 4]));
        const opcode = pending[0] & 15;
        pending = pending.subarray(at + 4 + size);
        if (opcode === 1 || opcode === 2) {
          this.onFrame(JSON.parse(body.toString()), (frame) => send(socket, frame));
        } else if (opcode === 8) {
          // A client waits for the answer to its close.
          socket.end(Buffer.concat([Buffer.of(0x88, body.length), body]));
        }
      }
    });
  }
}

/** @param {import("node:stream").Duplex} socket @param {object} frame */
function send(socket, frame) {
  const body = Buffer.from(JSON.stringify(frame));
  socket.write(Buffer.concat([Buffer.of(0x81, body.length), body]));
}
