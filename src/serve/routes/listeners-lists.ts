import { Type } from '#typebox';
import type { ListVersion } from '../../listeners/lists.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofListener } from '../listener-access.ts';
import {
  listBody,
  listenerParams,
  listVersionSchema,
  listVersionsSchema,
  pageSchema,
  savedListSchema,
  searchQuery,
} from '../listener-schemas.ts';

const TAGS = ['saved lists'];
const listParams = Type.Object({
  ...listenerParams.properties,
  list: Type.String({ minLength: 1, maxLength: 64, description: 'id of the saved list' }),
});
const versionParams = Type.Object({
  ...listParams.properties,
  version: Type.Integer({ minimum: 1, maximum: 1e9, description: '1 = the first version' }),
});
const plain = (version: ListVersion) => ({
  ...version,
  songs: version.songs.map((song) => ({ ...song, artists: [...song.artists] })),
});

/** Saved lists and their versions. */
export const listenersLists: Routes = (app, context) => {
  const { household } = context;
  const own = ofListener(context);
  const lists = async () => (await household.repository()).lists;
  app.get(
    '/api/listeners/:id/lists',
    {
      ...own,
      schema: {
        operationId: 'listSavedLists',
        summary: 'Saved lists, most recently changed first',
        tags: TAGS,
        params: listenerParams,
        querystring: Type.Object({
          ...searchQuery,
          removed: Type.Optional(Type.Boolean({ default: false, description: 'true: only lists in the bin' })),
        }),
        response: { 200: pageSchema(savedListSchema), ...errorResponses },
      },
    },
    async ({ params: { id }, query: { q, ...choice } }) => {
      const page = await (await lists()).page(id, { ...choice, search: q });
      return { ...page, items: [...page.items] };
    },
  );
  app.post(
    '/api/listeners/:id/lists',
    {
      ...own,
      schema: {
        operationId: 'saveList',
        summary: 'Save a list with the request it came from',
        tags: TAGS,
        params: listenerParams,
        body: listBody,
        response: { 201: savedListSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }, reply) => reply.status(201).send(await (await lists()).save(id, body)),
  );
  app.get(
    '/api/listeners/:id/lists/:list',
    {
      ...own,
      schema: {
        operationId: 'getSavedList',
        summary: 'A saved list with its songs',
        tags: TAGS,
        params: listParams,
        response: {
          200: Type.Object({
            list: Type.Object(savedListSchema.properties, { description: 'the list' }),
            latest: Type.Object(listVersionSchema.properties, { description: 'its latest version' }),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id, list } }) => {
      const store = await lists();
      return { list: await store.get(id, list), latest: plain(await store.version(id, list)) };
    },
  );
  app.put(
    '/api/listeners/:id/lists/:list',
    {
      ...own,
      schema: {
        operationId: 'saveListVersion',
        summary: 'Save a new version of a list; identical songs and settings change nothing',
        tags: TAGS,
        params: listParams,
        body: listBody,
        response: { 200: savedListSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list }, body }) => {
      const { name, description } = body;
      const store = await lists();
      await store.save(id, { ...body, id: list });
      return store.describe(id, list, { name, description });
    },
  );
  app.get(
    '/api/listeners/:id/lists/:list/versions',
    {
      ...own,
      schema: {
        operationId: 'listVersions',
        summary: 'The versions of a list, newest first',
        tags: TAGS,
        params: listParams,
        response: { 200: listVersionsSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list } }) => ({ versions: await (await lists()).versions(id, list) }),
  );
  app.get(
    '/api/listeners/:id/lists/:list/versions/:version',
    {
      ...own,
      schema: {
        operationId: 'getListVersion',
        summary: 'One version of a list with its songs',
        tags: TAGS,
        params: versionParams,
        response: { 200: listVersionSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list, version } }) => plain(await (await lists()).version(id, list, version)),
  );
  app.post(
    '/api/listeners/:id/lists/:list/versions/:version/revert',
    {
      ...own,
      schema: {
        operationId: 'revertList',
        summary: 'Restore an old version as a new one',
        tags: TAGS,
        params: versionParams,
        response: { 200: savedListSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list, version } }) => (await lists()).revert(id, list, version),
  );
  app.delete(
    '/api/listeners/:id/lists/:list',
    {
      ...own,
      schema: {
        operationId: 'removeList',
        summary: 'Move a list to the bin, or delete it permanently',
        tags: TAGS,
        params: listParams,
        querystring: Type.Object({
          forGood: Type.Optional(Type.Boolean({ default: false, description: 'true: delete it permanently' })),
        }),
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async ({ params: { id, list }, query: { forGood } }, reply) => {
      await (await lists()).remove(id, list, { forGood });
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/listeners/:id/lists/:list/restore',
    {
      ...own,
      schema: {
        operationId: 'restoreList',
        summary: 'Restore a list from the bin',
        tags: TAGS,
        params: listParams,
        response: { 200: savedListSchema, ...errorResponses },
      },
    },
    async ({ params: { id, list } }) => (await lists()).restore(id, list),
  );
};
