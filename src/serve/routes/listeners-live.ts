import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { type LiveUpdate, liveUpdates } from '../../listeners/personal/live.ts';
import type { Routes } from '../context.ts';
import { eventStream, type SentEvent } from '../event-stream.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams } from '../listener-schemas.ts';

/** Interval of reading the store, in milliseconds. */
const LOOK_MS = 500;
/** Milliseconds after which a stream ends: the browser reconnects, and its access is checked again. */
const LONGEST_MS = 300_000;
const DEFAULT_N = 20;
/** Streams at a time. */
const MOST = 200;

const wait = (signal: AbortSignal): Promise<void> => sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);

function sent(update: LiveUpdate): SentEvent {
  const { type } = update;
  if (type === 'events') return { type, id: update.cursor, data: { events: update.events } };
  if (type === 'list') return { type, data: update.list };
  const { code, message } = update.error;
  return { type, data: { code, message } };
}

/** A listener's events, live. */
export const listenersLive: Routes = (app, context) => {
  const { household, personal } = context;
  const stopping = new AbortController();
  let open = 0;
  app.addHook('preClose', async () => stopping.abort());
  app.get(
    '/api/listeners/:id/live',
    {
      ...ofListener(context),
      schema: {
        operationId: 'live',
        summary:
          'Server-sent events: `events` (those of the listener as they arrive, with the song), `list` (the list for them, when it changed) or `problem` (why there is none). A client that reconnects with Last-Event-ID misses nothing',
        tags: ['events'],
        params: listenerParams,
        querystring: Type.Object({
          n: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_N, description: 'number of songs in the list' }),
          ),
          after: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 999_999_999_999_999,
              description: 'id of the last event seen, for clients that cannot set the header',
            }),
          ),
        }),
        headers: Type.Object({
          'last-event-id': Type.Optional(
            Type.String({ pattern: '^\\d{1,15}$', description: 'id of the last event seen' }),
          ),
        }),
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await (await household.repository()).listeners.get(id);
      if (open >= MOST)
        throw new SegueError('OVERLOADED', {
          got: `${MOST} pages are already watching`,
          remedy: 'Close a page that shows Live, or try again later',
        });
      const last = request.headers['last-event-id'];
      const stream = eventStream(reply);
      const signal = AbortSignal.any([stream.signal, stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
      open++;
      try {
        const after = last === undefined ? (request.query.after ?? null) : Number(last);
        const options = { after, n: request.query.n ?? DEFAULT_N, signal, wait };
        for await (const update of liveUpdates(household, personal, id, options)) await stream.send(sent(update));
      } catch (error) {
        if (!(error instanceof SegueError)) request.log.error(error);
        const known = error instanceof SegueError ? error : new SegueError('INTERNAL', { got: 'The stream broke off' });
        await stream.send(sent({ type: 'problem', error: known }));
      } finally {
        open--;
        stream.close();
      }
    },
  );
};
