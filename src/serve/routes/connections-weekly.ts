import { Type } from '#typebox';
import { MOST_LISTS, type Weekly, type WeeklyStatus } from '../../connect/weekly/weekly.ts';
import { SegueError } from '../../errors.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofConnection } from '../listener-access.ts';

const params = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100, description: 'id of the connection, see `GET /api/connections`' }),
});
const choice = {
  mixes: Type.Boolean({ description: 'whether to write the weekly mixes' }),
  lists: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    maxItems: MOST_LISTS,
    uniqueItems: true,
    description: 'ids of saved lists',
  }),
};
const moment = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description });

const statusSchema = Type.Object({
  ...choice,
  state: Type.Union([Type.Literal('waiting'), Type.Literal('due'), Type.Literal('writing')], {
    description: 'progress of this week’s lists',
  }),
  next: Type.Union([Type.String({ format: 'date' }), Type.Null()], {
    description: "the next Monday, in the listener's time zone; null while this week's lists are due",
  }),
  writtenAt: moment("when this week's lists were finished, milliseconds since 1970"),
  retryAt: moment('time of the next attempt, milliseconds since 1970'),
  problem: Type.Union([Type.String(), Type.Null()], { description: 'why the last attempt failed, as a sentence' }),
  written: Type.Array(
    Type.Object({
      key: Type.String({ description: 'what the list is: a mix or a saved list' }),
      name: Type.String({ description: 'name of the list on the service' }),
      written: Type.Union([Type.Integer(), Type.Null()], {
        description: 'number of songs written; null = not yet written',
      }),
      missing: Type.Union([Type.Integer(), Type.Null()], {
        description: 'number of songs that the service lacks; null = not yet written',
      }),
    }),
    { description: 'the lists written this week' },
  ),
});
const answer = (status: WeeklyStatus | null) => ({
  weekly: status && { ...status, lists: [...status.lists], written: [...status.written] },
});
const response = {
  200: Type.Object({
    weekly: Type.Union([statusSchema, Type.Null()], { description: 'null when weekly lists are switched off' }),
  }),
  ...errorResponses,
};

/** Mixes and saved lists that are written to a service every week. */
export const connectionsWeekly: Routes = (app, context) => {
  const own = ofConnection(context);
  const tags = ['connections'];
  const weekly = async (): Promise<Weekly> => {
    const parts = await context.connected();
    if (!parts.weekly)
      throw new SegueError('LIBRARY_EMPTY', {
        got: 'There are no songs to make lists from',
        remedy: 'Import some first',
      });
    return parts.weekly;
  };
  app.get(
    '/api/connections/:id/weekly',
    {
      ...own,
      schema: {
        operationId: 'weekly',
        summary: 'Lists that are written to the service every week',
        tags,
        params,
        response,
      },
    },
    async ({ params: { id } }) => answer(await (await weekly()).status(id)),
  );
  app.put(
    '/api/connections/:id/weekly',
    {
      ...own,
      schema: {
        operationId: 'chooseWeekly',
        summary: 'Write mixes and saved lists to the service now and every Monday',
        tags,
        params,
        body: Type.Object(choice, { additionalProperties: false }),
        response,
      },
    },
    async (request) => {
      const parts = await weekly();
      const { id } = request.params;
      await parts.choose(id, request.body);
      // Errors are stored with the connection and read from there.
      parts.writeDue().catch((error: unknown) => {
        if (!(error instanceof SegueError)) request.log.error(error);
      });
      return answer(await parts.status(id));
    },
  );
  app.delete(
    '/api/connections/:id/weekly',
    {
      ...own,
      schema: {
        operationId: 'endWeekly',
        summary: 'Stop the weekly lists; those already written stay there',
        tags,
        params,
        response,
      },
    },
    async ({ params: { id } }) => {
      (await weekly()).switchOff(id);
      return answer(null);
    },
  );
};
