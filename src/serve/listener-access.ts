import type { FastifyRequest } from 'fastify';
import { Type } from '#typebox';
import type { Listener } from '../listeners/listener.ts';
import { onOwnBehalf } from './auth/signed-in.ts';
import type { ServeContext } from './context.ts';

/** For the routes of one listener, whose id is in the path: `onRequest` checks access before anything else is read. */
export const ofListener = ({ access }: ServeContext) => ({
  onRequest: (request: FastifyRequest): Promise<void> => access(request, (request.params as { id: string }).id),
});

/** For the routes of the household as a whole. */
export const ofHousehold = ({ access }: ServeContext) => ({
  onRequest: (request: FastifyRequest): Promise<void> => access(request, null),
});

/** For the routes of one connection, whose id is in the path: only its listener has access. */
export const ofConnection = ({ access, connected }: ServeContext) => ({
  onRequest: async (request: FastifyRequest): Promise<void> => {
    const { listener } = (await connected()).connections.store.get((request.params as { id: string }).id);
    await access(request, listener);
  },
});

/** Field of a body for `listenerNamed`. */
export const nameOfListener = Type.String({ minLength: 1, maxLength: 200, description: 'id or name of a listener' });

/**
 * For bodies that name a listener by id or name: looks the listener up if the request has access. Another listener's name is refused before it is
 * looked up, so that nobody learns who else exists.
 * @throws SegueError NOT_ALLOWED, NOT_FOUND
 */
export const listenerNamed =
  ({ access, connected }: ServeContext) =>
  async (request: FastifyRequest, idOrName: string): Promise<Listener> => {
    onOwnBehalf(request, idOrName);
    const listener = await (await connected()).repository.listeners.find(idOrName);
    await access(request, listener.id);
    return listener;
  };
