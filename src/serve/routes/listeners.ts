import { Type } from '#typebox';
import { exportListener } from '../../listeners/personal/export-zip.ts';
import { yearsPlayed } from '../../listeners/personal/years-played.ts';
import { mayList, signedIn } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { ofHousehold, ofListener } from '../listener-access.ts';
import {
  importSchema,
  listenerCountsSchema,
  listenerParams,
  listenerSchema,
  settingsSchema,
} from '../listener-schemas.ts';

const TAGS = ['listeners'];
const nameBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100, description: 'name for people' }) },
  { additionalProperties: false },
);
const detailSchema = Type.Object({
  ...listenerSchema.properties,
  counts: Type.Object(listenerCountsSchema.properties, { description: 'how much is stored' }),
  settings: Type.Object(settingsSchema.properties, { description: 'the settings of the listener' }),
  years: Type.Array(Type.Integer(), { description: 'years with plays in the listener’s time zone, newest first' }),
});

/** Listeners: adding, renaming, settings, export, deletion. */
export const listeners: Routes = (app, context) => {
  const { household, jobs } = context;
  const own = ofListener(context);
  app.get(
    '/api/listeners',
    {
      ...ofHousehold(context),
      schema: {
        operationId: 'listListeners',
        summary: 'List the listeners by name',
        tags: TAGS,
        response: {
          200: Type.Object({
            listeners: Type.Array(listenerSchema, { description: 'the listeners that the caller may see' }),
            signedIn: Type.Union([Type.String(), Type.Null()], {
              description: 'name of the signed-in listener; null on a server without sign-in',
            }),
            administrator: Type.Boolean({
              description: 'whether the caller may use operations for administrators; true on a server without sign-in',
            }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request) => {
      const all = await (await household.repository()).listeners.all();
      return {
        listeners: all.filter(({ id }) => mayList(request, id)),
        signedIn: signedIn(request)?.name ?? null,
        administrator: !context.accounts || signedIn(request)?.role === 'administrator',
      };
    },
  );
  app.post(
    '/api/listeners',
    {
      ...ofHousehold(context),
      schema: {
        operationId: 'addListener',
        summary: 'Add a listener',
        tags: TAGS,
        body: nameBody,
        response: { 201: listenerSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      const { listeners: store } = await household.repository();
      return reply.status(201).send(await store.add(request.body));
    },
  );
  app.get(
    '/api/listeners/:id',
    {
      ...own,
      schema: {
        operationId: 'getListener',
        summary: 'One listener: counts of what is stored, settings, and years with plays',
        tags: TAGS,
        params: listenerParams,
        response: { 200: detailSchema, ...errorResponses },
      },
    },
    async ({ params: { id } }) => {
      const { listeners: store, plays, settings: stored } = await household.repository();
      const [listener, counts, settings] = [await store.get(id), await store.counts(id), await stored.get(id)];
      return { ...listener, counts, settings, years: await yearsPlayed(plays, id, settings.timeZone) };
    },
  );
  app.patch(
    '/api/listeners/:id',
    {
      ...own,
      schema: {
        operationId: 'renameListener',
        summary: 'Rename a listener',
        tags: TAGS,
        params: listenerParams,
        body: nameBody,
        response: { 200: listenerSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => (await household.repository()).listeners.rename(id, body.name),
  );
  app.patch(
    '/api/listeners/:id/settings',
    {
      ...own,
      schema: {
        operationId: 'changeListenerSettings',
        summary: 'Change settings; consent adds the plays to the collaborative data, withdrawing it takes them out',
        tags: TAGS,
        params: listenerParams,
        body: Type.Partial(settingsSchema, { additionalProperties: false }),
        response: { 200: settingsSchema, ...errorResponses },
      },
    },
    async ({ params: { id }, body }) => {
      const changed = await household.changeSettings(id, body);
      if (body.consent !== undefined) await context.engine.refresh();
      return changed;
    },
  );
  app.get(
    '/api/listeners/:id/imports',
    {
      ...own,
      schema: {
        operationId: 'listListenerImports',
        summary: 'The files a listener imported, newest first',
        tags: ['listener imports'],
        params: listenerParams,
        response: {
          200: Type.Object({
            imports: Type.Array(importSchema, { description: 'imports of this listener, newest first' }),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id } }) => {
      const imports = await (await household.repository()).imports.all(id);
      return { imports: imports.map((record) => ({ ...record, files: [...record.files] })) };
    },
  );
  app.delete(
    '/api/listeners/:id/imports/:import',
    {
      ...own,
      schema: {
        operationId: 'discardListenerImport',
        summary: 'Undo an import: the plays it added are deleted',
        tags: ['listener imports'],
        params: Type.Object({
          ...listenerParams.properties,
          import: Type.String({ maxLength: 64, description: 'id of the import' }),
        }),
        response: {
          200: Type.Object({ plays: Type.Integer({ description: 'number of plays removed' }) }),
          ...errorResponses,
        },
      },
    },
    async ({ params }) => ({ plays: await (await household.repository()).imports.discard(params.id, params.import) }),
  );
  app.get(
    '/api/listeners/:id/export',
    {
      ...own,
      schema: {
        operationId: 'exportListener',
        summary: 'Export everything stored about a listener as a zip of JSON Lines, CSV and JSPF',
        tags: TAGS,
        params: listenerParams,
        produces: ['application/zip'],
      },
    },
    async ({ params: { id } }, reply) =>
      reply
        .header('content-type', 'application/zip')
        .header('content-disposition', 'attachment; filename="segue-export.zip"')
        .send(await exportListener(await household.repository(), id)),
  );
  app.delete(
    '/api/listeners/:id',
    {
      ...own,
      schema: {
        operationId: 'deleteListener',
        summary: 'Delete everything about a listener: history, lists, events and their part in the models',
        tags: TAGS,
        params: listenerParams,
        response: {
          200: Type.Object({
            contributed: Type.Boolean({ description: 'whether the plays were part of the collaborative data' }),
            removedModels: Type.Array(Type.String(), {
              description: 'models that were removed with the plays and are being trained again',
            }),
          }),
          ...errorResponses,
        },
      },
    },
    async ({ params: { id } }) => {
      const deletion = await household.deleteEverything(id);
      if (deletion.contributed) await context.engine.refresh();
      if (deletion.removedModels.length > 0) jobs.start({ kind: 'train', models: [...deletion.removedModels] });
      return { contributed: deletion.contributed, removedModels: [...deletion.removedModels] };
    },
  );
};
