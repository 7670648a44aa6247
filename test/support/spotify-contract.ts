import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { REAL_DATA } from './real-data.ts';

const FILES = {
  new: 'fixed-spotify-open-api.yml',
  old: 'fixed-spotify-open-api.2024-11-02.09e0123.yml',
} as const;
const folder = join(REAL_DATA, 'spotify-openapi');
/** Pass as a test's `skip` option. */
export const skipWithoutContract = existsSync(join(folder, FILES.new))
  ? false
  : 'the description of the Spotify Web API is not on this machine';

type Node = Readonly<Record<string, unknown>>;
const nodeOf = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

interface Exchange {
  readonly method: string;
  /** Without `/v1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** null = none */
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * Checks exchanges against the Web API's OpenAPI description, in one of two versions, and reports violations. Deprecated parts do not exist for new
 * applications, in requests and in responses.
 */
export class SpotifyContract {
  private readonly age: 'new' | 'old';
  private readonly document: Node;
  private readonly ajv: Ajv;
  private readonly validators = new Map<string, ValidateFunction>();

  /** The description of a version, read once; null when it is not on this machine. */
  static of(age: 'new' | 'old'): SpotifyContract | null {
    if (skipWithoutContract) return null;
    const known = SpotifyContract.known.get(age) ?? new SpotifyContract(age);
    SpotifyContract.known.set(age, known);
    return known;
  }

  private static readonly known = new Map<string, SpotifyContract>();

  private constructor(age: 'new' | 'old') {
    this.age = age;
    this.document = nodeOf(parse(readFileSync(join(folder, FILES[age]), 'utf8')));
    this.ajv = formats.default(new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateFormats: false }));
    this.ajv.addSchema({ components: this.document.components }, 'spotify');
  }

  /** Problems of a request and its response; empty when there are none. */
  problems({ method, path, query, body, status, answer }: Exchange): string[] {
    const found = this.operation(method.toLowerCase(), path);
    // The client tries today's form first and learns from this response.
    if (!found) return status === 404 ? [] : [`there is no ${method} ${path}`];
    const { operation, shared } = found;
    const problems: string[] = [];
    if (this.age === 'new' && operation.deprecated === true && status < 400) problems.push('it is deprecated');
    const parameters = [...shared, ...(Array.isArray(operation.parameters) ? operation.parameters : [])].map((p) =>
      this.resolved(p),
    );
    const known = new Map(parameters.filter((p) => p.in === 'query').map((p) => [String(p.name), p]));
    for (const [name, value] of query) {
      const schema = known.get(name)?.schema;
      if (schema === undefined) problems.push(`there is no parameter ${name}`);
      else problems.push(...this.check(schema, read(this.resolved(schema), value), name));
    }
    for (const [name, parameter] of known)
      if (parameter.required === true && !query.has(name)) problems.push(`the parameter ${name} is missing`);
    const wanted = this.schemaOf(operation.requestBody);
    if (body !== null && wanted === null) problems.push('it takes no body');
    if (body !== null && wanted !== null) problems.push(...this.check(wanted, body, 'body'));
    const responses = nodeOf(operation.responses);
    const told = responses[String(status)];
    // Several error responses are not described; a response that is used always is.
    if (told === undefined && status < 300) problems.push(`status ${status} is not described`);
    const promised = this.schemaOf(told);
    if (promised !== null) problems.push(...this.check(promised, answer, 'answer'));
    return problems;
  }

  private operation(method: string, path: string): { operation: Node; shared: readonly unknown[] } | null {
    const parts = path.split('/');
    let best: { operation: Node; shared: readonly unknown[]; holes: number } | null = null;
    for (const [template, item] of Object.entries(nodeOf(this.document.paths))) {
      const pieces = template.split('/');
      const fits = pieces.length === parts.length && pieces.every((p, i) => p.startsWith('{') || p === parts[i]);
      const operation = nodeOf(item)[method];
      const holes = pieces.filter((p) => p.startsWith('{')).length;
      if (!fits || operation === undefined || (best && best.holes <= holes)) continue;
      const shared = nodeOf(item).parameters;
      best = { operation: nodeOf(operation), shared: Array.isArray(shared) ? shared : [], holes };
    }
    return best;
  }

  private resolved(value: unknown): Node {
    const node = nodeOf(value);
    if (typeof node.$ref !== 'string') return node;
    const target = node.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => nodeOf(at)[name], this.document);
    return this.resolved(target);
  }

  private schemaOf(holder: unknown): unknown {
    return nodeOf(nodeOf(this.resolved(holder).content)['application/json']).schema ?? null;
  }

  private check(schema: unknown, value: unknown, where: string): string[] {
    const key = JSON.stringify(schema);
    let validate = this.validators.get(key);
    if (!validate) {
      validate = this.ajv.compile(JSON.parse(key.replaceAll('"$ref":"#/', '"$ref":"spotify#/')) as object);
      this.validators.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, 3).map(({ instancePath, message }) => `${where}${instancePath} ${message}`);
  }
}

/** The value of a parameter, typed according to its schema. */
function read(schema: Node, value: string): unknown {
  if (schema.type === 'array') return value.split(',');
  return schema.type === 'integer' || schema.type === 'number' ? Number(value) : value;
}
