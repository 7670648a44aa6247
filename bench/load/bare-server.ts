import { createServer } from 'node:http';

// Answers at once and does nothing else, in a process of its own: what it takes to answer a probe on this machine at this moment.
const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1', () => {
  process.send!((server.address() as { port: number }).port);
});
