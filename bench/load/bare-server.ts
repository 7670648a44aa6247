import { createServer } from 'node:http';

// A separate process that answers immediately and does nothing else: the time of a probe on this machine at this moment.
const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1', () => {
  process.send!((server.address() as { port: number }).port);
});
