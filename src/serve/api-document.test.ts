import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Ajv } from 'ajv';
import { openApiDocument } from '../../scripts/write-openapi.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { EXAMPLES } from './api-examples.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
}
type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly description?: string; readonly schema: Schema }[];
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Record<string, { readonly description: string; readonly content?: Content }>;
}

let tags: readonly string[];
let operations: readonly Operation[];

before(async () => {
  const document = JSON.parse(await openApiDocument()) as {
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
  };
  tags = document.tags.map(({ name }) => name);
  operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
});

test('every operation has a summary and one of the described groups, and every group has operations', () => {
  for (const { operationId, summary } of operations) assert.ok(summary, operationId);
  assert.deepEqual([...new Set(operations.flatMap((operation) => operation.tags))].sort(), [...tags].sort());
});

test('every response describes its status', () => {
  for (const { operationId, responses } of operations)
    for (const [status, { description }] of Object.entries(responses))
      assert.notEqual(description, 'Default Response', `${operationId} ${status}`);
});

/** Every schema within one, each with its place, itself included. */
function* within(schema: Schema, place: string): Generator<[place: string, schema: Schema]> {
  yield [place, schema];
  const { properties = {}, anyOf = [], items, additionalProperties: others, patternProperties = {} } = schema;
  for (const [name, field] of Object.entries(properties)) yield* within(field, `${place}.${name}`);
  for (const alternative of anyOf) yield* within(alternative, place);
  if (items) yield* within(items, `${place}[]`);
  if (typeof others === 'object') yield* within(others, `${place}{}`);
  for (const field of Object.values(patternProperties)) yield* within(field, `${place}{}`);
}

const isDescribed = ({ description, anyOf = [] }: Schema): boolean =>
  !!description || anyOf.some((alternative) => !!alternative.description);

/** What an operation takes: the schemas of its parameters and its body. */
function* taken({ operationId, parameters = [], requestBody }: Operation): Generator<[string, Schema]> {
  for (const { name, schema } of parameters) yield [`${operationId} ${name}`, schema];
  for (const [type, { schema }] of Object.entries(requestBody?.content ?? {}))
    yield [`${operationId} body ${type}`, schema];
}

test('every parameter and every field of a request or response is described', () => {
  const missing: string[] = [];
  for (const operation of operations) {
    const { operationId, parameters = [], responses } = operation;
    for (const { name, description } of parameters) if (!description) missing.push(`${operationId} ${name}`);
    const roots = [...taken(operation)];
    for (const [status, { content = {} }] of Object.entries(responses))
      for (const { schema } of Object.values(content)) roots.push([`${operationId} ${status}`, schema]);
    for (const [root, schema] of roots)
      for (const [place, { properties = {} }] of within(schema, root))
        for (const [name, field] of Object.entries(properties))
          if (!isDescribed(field)) missing.push(`${place}.${name}`);
  }
  assert.deepEqual(missing, []);
});

/** The bounds that each type of value needs, so that a request cannot be arbitrarily large. */
const BOUNDS: Readonly<Record<string, (schema: Schema) => boolean>> = {
  number: ({ minimum, maximum }) => minimum !== undefined && maximum !== undefined,
  integer: ({ minimum, maximum }) => minimum !== undefined && maximum !== undefined,
  string: (schema) => schema.maxLength !== undefined || !!schema.pattern || !!schema.enum || 'const' in schema,
  array: ({ maxItems }) => maxItems !== undefined,
};

test('every number, text and list that an operation takes is bounded', () => {
  const unbounded: string[] = [];
  for (const operation of operations) {
    // Navidrome chooses these numbers; the server cuts them to its own range.
    if (operation.operationId === 'navidromePlugin') continue;
    for (const [root, schema] of taken(operation))
      for (const [place, one] of within(schema, root))
        if (typeof one.type === 'string' && BOUNDS[one.type]?.(one) === false) unbounded.push(`${place}: ${one.type}`);
  }
  assert.deepEqual(unbounded, []);
});

test('every response with content names its type', () => {
  const untyped: string[] = [];
  for (const { operationId, responses } of operations)
    for (const [status, { content }] of Object.entries(responses))
      if (status.startsWith('2') && status !== '204' && !content) untyped.push(`${operationId} ${status}`);
  assert.deepEqual(untyped, []);
  const typeOf = (id: string): string[] =>
    Object.keys(operations.find(({ operationId }) => operationId === id)?.responses['200']?.content ?? {});
  assert.deepEqual(
    ['live', 'jobEvents', 'getMapPoints', 'exportListener', 'getEvaluationPage', 'streamSong', 'songCover'].flatMap(
      typeOf,
    ),
    [
      'text/event-stream',
      'text/event-stream',
      'application/octet-stream',
      'application/zip',
      'text/html',
      'audio/*',
      'image/*',
    ],
  );
});

test('every example is valid for its operation', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [id, example] of Object.entries(EXAMPLES)) {
    const body = operations.find(({ operationId }) => operationId === id)?.requestBody?.content['application/json'];
    assert.ok(body, `${id} takes no JSON`);
    assert.deepEqual(body.example, example);
    assert.ok(ajv.validate(body.schema, example), `${id}: ${ajv.errorsText()}`);
  }
});

test('songs of the examples are songs of the demo world', () => {
  const songs = new Set(JSON.stringify(EXAMPLES).match(/demo:track:\w+/g));
  assert.ok(songs.size > 0);
  const { vocabulary } = demoDataset().tracks;
  for (const song of songs) assert.ok(vocabulary.indexOf(song) >= 0, song);
});

test('operations name the token scope they need; public ones need none', () => {
  const byId = (id: string) => operations.find(({ operationId }) => operationId === id);
  assert.deepEqual(byId('recommend')?.security, [{ accessToken: ['read'] }, {}]);
  assert.deepEqual(byId('addLikes')?.security, [{ accessToken: ['write'] }, {}]);
  assert.deepEqual(byId('recordEvents')?.security, [{ accessToken: ['events'] }, {}]);
  assert.deepEqual(byId('startJob')?.security, [{ accessToken: ['admin'] }, {}]);
  assert.deepEqual(byId('health')?.security, []);
  assert.match(byId('createAccessToken')?.description ?? '', /Not open to access tokens/);
});
