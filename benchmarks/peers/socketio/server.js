// Socket.IO over WebSocket alone. Event "e" echoes, "b" goes to everyone, "k" goes to everyone eight times.
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false });

io.on('connection', (socket) => {
  socket.join('everyone');
  socket.on('e', (data) => socket.emit('e', data));
  socket.on('b', (data) => io.to('everyone').emit('b', data));
  socket.on('k', (data) => {
    for (let i = 0; i < 8; i++) io.to('everyone').emit('k', data);
  });
});
http.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
