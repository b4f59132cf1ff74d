// The package ws by itself: /echo and /bcast.
const { WebSocketServer } = require('ws');

const members = new Set();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096 });

server.on('connection', (socket, request) => {
  socket.on('error', () => {});
  if (request.url.startsWith('/echo')) {
    socket.on('message', (data) => socket.send(data, { binary: false }));
    return;
  }
  members.add(socket);
  socket.on('close', () => members.delete(socket));
  socket.on('message', (data) => {
    for (const member of members) member.send(data, { binary: false });
  });
});
