import type { FastifyRequest } from 'fastify';
import type { ServeContext } from './context.ts';

/** For the routes of one listener, whose id is in the path: `onRequest` asks, before anything else is read, whether the request may use it. */
export const ofListener = ({ access }: ServeContext) => ({
  onRequest: (request: FastifyRequest): Promise<void> => access(request, (request.params as { id: string }).id),
});

/** For the routes of the household as a whole. */
export const ofHousehold = ({ access }: ServeContext) => ({
  onRequest: (request: FastifyRequest): Promise<void> => access(request, null),
});

/** For the routes of one connection, whose id is in the path: they are its listener's. */
export const ofConnection = ({ access, connected }: ServeContext) => ({
  onRequest: async (request: FastifyRequest): Promise<void> => {
    const { listener } = (await connected()).connections.store.get((request.params as { id: string }).id);
    await access(request, listener);
  },
});
