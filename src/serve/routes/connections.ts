import { type TObject, Type } from '#typebox';
import { CAPABILITIES, type Service } from '../../connect/contract.ts';
import { hostLines } from '../../connect/host-lines.ts';
import type { Connected } from '../../connect/open.ts';
import { isSecret } from '../../connect/settings.ts';
import type { ConnectionRecord } from '../../connect/store.ts';
import { isQueryOnly } from '../../listeners/query-only.ts';
import { mayList } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { errorResponses } from '../errors.ts';
import { listenerNamed, nameOfListener, ofConnection, ofHousehold } from '../listener-access.ts';

const id = Type.String({ minLength: 1, maxLength: 100, description: 'id of the connection' });
const service = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'id of the service, see `GET /api/connections`',
});
const time = Type.Union([Type.Integer({ description: 'milliseconds since 1970' }), Type.Null()]);

/** Fields common to all ways of connecting. */
export const connectBody = Type.Object(
  {
    service,
    listener: nameOfListener,
    settings: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 4000 }), {
      description: 'the settings that the service asks for, by name',
    }),
  },
  { additionalProperties: false },
);

const serviceSchema = Type.Object({
  id: Type.String({ description: 'id of the service' }),
  title: Type.String({ description: 'name of the service' }),
  description: Type.String({ description: 'what the connection does' }),
  page: Type.Boolean({
    description: "true when sign-in happens on the service's own page: see POST /api/connections/sign-in",
  }),
  byCode: Type.Union(
    [
      Type.Object({
        title: Type.String({ description: 'name of this way to sign in' }),
        spares: Type.Array(Type.String(), { description: 'settings that sign-in by code does not need' }),
      }),
      Type.Null(),
    ],
    { description: 'sign-in by code, if the service offers it: see POST /api/connections/code' },
  ),
  settings: Type.Array(
    Type.Object({
      name: Type.String({ description: 'name of the setting' }),
      description: Type.String({ description: 'what to enter' }),
      secret: Type.Boolean({ description: 'whether to hide it on screen' }),
      required: Type.Boolean({ description: 'whether it must be given' }),
    }),
    { description: 'the settings to send when connecting' },
  ),
});
const connectionSchema = Type.Object({
  id: Type.String({ description: 'id of the connection' }),
  service: Type.String({ description: 'id of the service' }),
  title: Type.String({ description: 'name of the service' }),
  listener: Type.String({ description: 'id of the listener who connected it' }),
  account: Type.String({ description: 'account on the service' }),
  server: Type.String({ description: 'name and version that the server reports' }),
  createdAt: Type.Integer({ description: 'when it was connected' }),
  syncedAt: time,
  problem: Type.Union([Type.String(), Type.Null()], { description: 'why the last sync failed, as a sentence' }),
  songs: Type.Integer({ description: 'number of songs on the service' }),
  matched: Type.Integer({ description: 'number of these songs that the catalogue has from other sources' }),
  gone: Type.Integer({ description: 'number of songs since removed from the service' }),
  queryOnly: Type.Boolean({
    description:
      'true when the service permits its data to be used only in queries, not for training; disconnecting deletes the data',
  }),
  hosts: Type.Array(
    Type.Object({
      origin: Type.String({ description: 'address of the host' }),
      why: Type.String({ description: 'reason for contacting the host' }),
    }),
    {
      description: 'every host that the connection may contact',
    },
  ),
  abilities: Type.Array(
    Type.Object({
      id: Type.String({ description: 'id of the ability' }),
      text: Type.String({ description: 'text that continues "can …"' }),
      able: Type.Boolean({ description: 'whether it can do this' }),
      because: Type.Union([Type.String(), Type.Null()], { description: 'why it cannot; null when it can' }),
    }),
    { description: 'what the connection can do' },
  ),
});
const hostSchema = Type.Object({
  origin: Type.String({ description: 'address of the host' }),
  why: Type.Array(Type.String(), { description: 'reasons for contacting the host' }),
  inUse: Type.Boolean({ description: 'true when an active connection may contact the host' }),
  requests: Type.Integer({ description: '0 = not contacted yet' }),
  firstAt: time,
  lastAt: time,
});

const serviceAnswer = ({ id: service, title, description, settings, browser, byCode }: Service) => ({
  id: service,
  title,
  description,
  page: browser !== undefined,
  byCode: byCode ? { title: byCode.title, spares: [...byCode.spares] } : null,
  settings: Object.entries((settings as TObject).properties)
    .filter(([name]) => !browser?.fills.includes(name))
    .map(([name, field]) => ({
      name,
      description: 'description' in field && typeof field.description === 'string' ? field.description : '',
      secret: isSecret(field),
      required: (settings as TObject).required?.includes(name) ?? false,
    })),
});

function connectionAnswer(record: ConnectionRecord, { connections }: Connected) {
  const { service, connection } = connections.open(record.id);
  return {
    id: record.id,
    service: record.service,
    title: service.title,
    listener: record.listener,
    account: record.account,
    server: record.settings.server ?? '',
    createdAt: record.createdAt,
    syncedAt: record.syncedAt,
    problem: record.problem,
    ...connections.held.count(record.id),
    queryOnly: isQueryOnly(record.service),
    hosts: [...service.hosts(record.settings)],
    abilities: Object.entries(connection.abilities).map(([ability, state]) => ({
      id: ability,
      text: CAPABILITIES[ability as keyof typeof CAPABILITIES],
      able: state.able,
      because: state.able ? null : state.because,
    })),
  };
}

export const connections: Routes = (app, context) => {
  const { connected } = context;
  const named = listenerNamed(context);
  const [household, own] = [ofHousehold(context), ofConnection(context)];
  const tags = ['connections'];
  app.get(
    '/api/connections',
    {
      ...household,
      schema: {
        operationId: 'listConnections',
        summary: 'Connections, and the services available',
        tags,
        response: {
          200: Type.Object({
            services: Type.Array(serviceSchema, { description: 'the services that can be connected' }),
            connections: Type.Array(connectionSchema, { description: 'the connections that exist' }),
          }),
          ...errorResponses,
        },
      },
    },
    async (request) => {
      const parts = await connected();
      return {
        services: parts.connections.services.map(serviceAnswer),
        connections: parts.connections.store
          .list()
          .filter(({ listener }) => mayList(request, listener))
          .map((record) => connectionAnswer(record, parts)),
      };
    },
  );
  app.post(
    '/api/connections',
    {
      schema: {
        operationId: 'connect',
        summary: 'Connect a service with its settings; the password is stored encrypted and never returned',
        tags,
        body: connectBody,
        response: { 201: connectionSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      const parts = await connected();
      const { service, settings } = request.body;
      const listener = await named(request, request.body.listener);
      const record = await parts.connections.connect(service, listener.id, settings);
      return reply.status(201).send(connectionAnswer(record, parts));
    },
  );
  app.delete(
    '/api/connections/:id',
    {
      ...own,
      schema: {
        operationId: 'disconnect',
        summary: 'Remove a connection and its sign-in',
        tags,
        params: Type.Object({ id }),
        querystring: Type.Object({
          data: Type.Optional(Type.Boolean({ default: false, description: 'also delete what was read through it' })),
        }),
        response: { 200: Type.Object({ ok: Type.Boolean({ description: 'always true' }) }), ...errorResponses },
      },
    },
    async (request) => {
      await (await connected()).connections.disconnect(request.params.id, { deleteData: request.query.data ?? false });
      return { ok: true };
    },
  );
  app.get(
    '/api/connections/hosts',
    {
      ...household,
      schema: {
        operationId: 'contactedHosts',
        summary:
          'Every host that Segue has contacted or will contact, with reasons and count; empty until a connection is made',
        tags,
        response: {
          200: Type.Object({ hosts: Type.Array(hostSchema, { description: 'every host contacted, or that may be' }) }),
          ...errorResponses,
        },
      },
    },
    async () => ({
      hosts: [...(context.ownHosts?.() ?? []), ...hostLines((await connected()).connections)].map((line) => ({
        ...line,
        why: [...line.why],
      })),
    }),
  );
};
