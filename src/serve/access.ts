import type { FastifyRequest } from 'fastify';

/**
 * Decides whether a request may read and change a listener's data; `null` stands for the household as a whole (listing and adding listeners). Rejects
 * with a SegueError if not. Every route under /api/listeners and every event is checked.
 */
export type Access = (request: FastifyRequest, listener: string | null) => Promise<void>;

/** Without sign-in, anyone who reaches the server (by default only this machine) may do everything. */
export const openAccess: Access = async () => {};
