import { type Static, Type } from '#typebox';
import { eventBody } from '../../listeners/event-schema.ts';
import { EVENT_KINDS } from '../../listeners/events.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import { listenerParams, pageQuery, pageSchema, storedEventSchema } from '../listener-schemas.ts';

const TAGS = ['events'];
const recordedSchema = Type.Object({
  recorded: Type.Integer({ description: 'number of new events' }),
  known: Type.Integer({ description: 'number of events already recorded' }),
});
const { listener: _listener, ...withoutListener } = eventBody.properties;

/** Feedback: what listeners did with songs. */
export const listenersEvents: Routes = (app, context) => {
  const { household, access } = context;
  const own = ofListener(context);
  app.post(
    '/api/events',
    {
      schema: {
        operationId: 'recordEvents',
        summary:
          'Record feedback of one or several listeners. Sending an event again changes nothing; those of one listener are recorded together or not at all',
        tags: TAGS,
        body: Type.Object(
          { events: Type.Array(eventBody, { minItems: 1, maxItems: 1000, description: 'the events, in any order' }) },
          { additionalProperties: false },
        ),
        response: { 200: recordedSchema, ...errorResponses },
      },
    },
    async (request) => {
      const byListener = Map.groupBy(request.body.events, ({ listener }: Static<typeof eventBody>) => listener);
      const { listeners, events } = await household.repository();
      // Nothing is recorded until every listener is found and allowed.
      for (const listener of byListener.keys()) {
        await access(request, listener);
        await listeners.get(listener);
      }
      const total = { recorded: 0, known: 0 };
      for (const [listener, batch] of byListener) {
        const { recorded, known } = await events.record(
          listener,
          batch.map(({ listener: _, ...event }) => event),
        );
        total.recorded += recorded;
        total.known += known;
      }
      return total;
    },
  );
  app.post(
    '/api/listeners/:id/events',
    {
      ...own,
      schema: {
        operationId: 'recordEvent',
        summary: 'Record one event of a listener; sending it again changes nothing',
        tags: TAGS,
        params: listenerParams,
        body: Type.Object(withoutListener, { additionalProperties: false }),
        response: { 200: recordedSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => (await household.repository()).events.record(id, [body]),
  );
  app.get(
    '/api/listeners/:id/events',
    {
      ...own,
      schema: {
        operationId: 'listEvents',
        summary: 'Recorded events, newest first',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          ...pageQuery,
          list: Type.Optional(Type.String({ maxLength: 64, description: 'only events about this list' })),
          kind: Type.Optional(
            Type.Union(
              EVENT_KINDS.map((kind) => Type.Literal(kind)),
              { description: 'only events of this kind' },
            ),
          ),
        }),
        response: { 200: pageSchema(storedEventSchema), ...errorResponses },
      },
    },
    async ({ params: { id }, query }) => {
      const page = await (await household.repository()).events.page(id, query);
      return { ...page, items: [...page.items] };
    },
  );
};
