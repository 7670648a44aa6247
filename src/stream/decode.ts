import type { TSchema } from '#typebox';
import { Compile, type Validator } from '#typebox/compile';
import { SegueError } from '../errors.ts';
import { MESSAGE_VERSION } from '../listeners/messages.ts';

/** Larger messages are neither events nor requests. */
const MOST_CHARACTERS = 1 << 20;

/** A message of a topic as received from the broker. */
export interface Incoming {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly value: string;
}

/** Compiled once per schema: recompiling for every message would cost as much time as storing the event. */
const validators = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = Compile(schema)));
  return validator;
}

/** Parses the message's JSON and checks it against its schema. @throws SegueError USAGE, BODY_TOO_LARGE, FORMAT_NEWER */
export function decode<T>(schema: TSchema, { value, topic }: Incoming): T {
  if (value.length > MOST_CHARACTERS)
    throw new SegueError('BODY_TOO_LARGE', {
      got: `A message of ${value.length} characters on ${topic}`,
      expected: `at most ${MOST_CHARACTERS}`,
    });
  let message: unknown;
  try {
    message = JSON.parse(value);
  } catch (cause) {
    throw new SegueError('USAGE', { got: `A message on ${topic} that is not JSON`, expected: 'a JSON object', cause });
  }
  const version = (message as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > MESSAGE_VERSION)
    throw new SegueError('FORMAT_NEWER', {
      got: `A message of version ${version} on ${topic}`,
      expected: `version ${MESSAGE_VERSION}`,
      remedy: 'Update Segue before its producers',
    });
  const validator = validatorOf(schema);
  if (validator.Check(message)) return message as T;
  const [problem] = validator.Errors(message);
  throw new SegueError('USAGE', {
    got: `A message on ${topic} that breaks its schema: ${problem ? `${problem.instancePath || 'the message'} ${problem.message}` : 'unknown cause'}`.slice(
      0,
      400,
    ),
    expected: 'the schema in /api/asyncapi.json',
  });
}
