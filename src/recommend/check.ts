import type { TSchema } from '#typebox';
import { Compile, type Validator } from '#typebox/compile';
import Value from '#typebox/value';
import { SegueError } from '../errors.ts';
import { boundWords, isBound, placeWords, typeWords } from '../schema/rule-words.ts';
import { type RecommendRequest, requestSchema } from './request.ts';

const QUOTED = 100;

interface Problem {
  keyword: string;
  instancePath: string;
  params: object;
  message: string;
}

/** Compiled once per schema: recompiling for every request would take as long as a cheap query. */
const validators = new WeakMap<TSchema, Validator>();

function fits(schema: TSchema, value: unknown): boolean {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = Compile(schema)));
  return validator.Check(value);
}

/** The first problem with a value, as an error for people; null when the value is valid. @param what name of the value in the message */
export function firstProblem(schema: TSchema, value: unknown, what: string): SegueError | null {
  if (fits(schema, value)) return null;
  const problem: Problem | undefined = Value.Errors(schema, value)[0];
  const path = placeWords(what, problem?.instancePath ?? '');
  const found = problem ? at(value, problem.instancePath) : value;
  const text = JSON.stringify(found) ?? 'missing';
  return new SegueError(isBound(problem?.keyword) ? 'OUT_OF_RANGE' : 'USAGE', {
    got: `${path} is ${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}`,
    expected: problem ? expectedOf(problem) : 'a value that matches the schema',
  });
}

/** A schema rule's requirement, in words. */
function expectedOf({ keyword, params, message }: Problem): string {
  if (isBound(keyword) && 'limit' in params) return boundWords(keyword, params.limit);
  if (keyword === 'type' && 'type' in params) return typeWords(params.type);
  return `a value that ${message}`;
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** @throws SegueError USAGE, OUT_OF_RANGE */
export function checkRequest(value: unknown): RecommendRequest {
  const problem = firstProblem(requestSchema, value, 'request');
  if (problem) throw problem;
  return value as RecommendRequest;
}
