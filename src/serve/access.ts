import type { FastifyRequest } from 'fastify';

/**
 * Decides whether a request may see and change what is kept of a listener; `null` stands for the household as a whole (who there is, adding
 * somebody). Rejects with a SegueError when not. Every route under /api/listeners and every event asks it.
 */
export type Access = (request: FastifyRequest, listener: string | null) => Promise<void>;

/** Without sign-in, anyone who reaches the server (by default only this machine) may do everything. */
export const openAccess: Access = async () => {};
