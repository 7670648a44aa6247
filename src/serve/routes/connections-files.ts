import { Type } from '#typebox';
import { turn } from '../../turn/turn.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofConnection } from '../listener-access.ts';

/** File paths of a list's songs on a server, for playlists of files. */
export const connectionsFiles: Routes = (app, context) => {
  app.post(
    '/api/connections/:id/files',
    {
      ...ofConnection(context),
      schema: {
        operationId: 'songFiles',
        summary: 'File paths of songs on the server',
        tags: ['connections'],
        params: Type.Object({
          id: Type.String({
            minLength: 1,
            maxLength: 100,
            description: 'id of the connection, see `GET /api/connections`',
          }),
        }),
        body: Type.Object(
          {
            songs: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
              minItems: 1,
              maxItems: 10_000,
              description: 'ids of songs in the catalogue',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            files: Type.Array(
              Type.Object({
                song: Type.String({ description: 'id of the song' }),
                path: Type.String({ description: 'absolute, or within the music folder of the server' }),
              }),
              { description: 'files of the songs; songs without a known file are omitted' },
            ),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id }, body: { songs } }) => {
      const { connections } = await context.connected();
      connections.store.get(id);
      const paths = await connections.held.paths(id, songs);
      await turn();
      return {
        files: songs.flatMap((song) => {
          const path = paths.get(song);
          return path === undefined ? [] : [{ song, path }];
        }),
      };
    },
  );
};
