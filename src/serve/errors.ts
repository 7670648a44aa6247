import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from '#typebox';
import { ERRORS, type ErrorCode, SegueError } from '../errors.ts';
import { boundWords, isBound, placeWords, typeWords } from '../schema/rule-words.ts';

/** The shape of every error response: what was found, what was expected, what to do. */
export const errorSchema = Type.Object({
  error: Type.Object(
    {
      code: Type.String({ description: 'stable code of the error, from docs/errors.md' }),
      message: Type.String({ description: 'what happened, what was expected and what to do, in sentences for people' }),
      got: Type.String({ description: 'what the server found' }),
      expected: Type.Union([Type.String(), Type.Null()], {
        description: 'what would have been valid; null when nothing else would be',
      }),
      remedy: Type.Union([Type.String(), Type.Null()], { description: 'what to do now; null when nothing helps' }),
      suggestions: Type.Array(Type.String(), { description: 'similar names that exist; often empty' }),
    },
    { description: 'the error' },
  ),
});

export type ErrorAnswer = Static<typeof errorSchema>;

/** Added to each route's responses, so that the OpenAPI document and the typed client know the error shape. */
export const errorResponses = { '4xx': errorSchema, '5xx': errorSchema };

/** Longest piece of a request that is repeated in an answer. */
const QUOTED = 120;
export const quote = (value: unknown): string => {
  if (typeof value !== 'string') {
    const json = jsonBeginning(value, QUOTED);
    return json.length > QUOTED ? `${json.slice(0, QUOTED)}…` : json;
  }
  const text = `"${value}"`;
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}… (${text.length} characters)` : text;
};

/** The JSON of a value, little more of it than there is room for: what a request holds may be long, or nested deeper than JSON.stringify goes. */
function jsonBeginning(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room + 1));
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  // Each part takes at least a character. The keys of a list of a million would be a million texts.
  const keys = isList ? value.slice(0, room + 1).keys() : Object.keys(value);
  for (const key of keys) {
    if (text.length > room) return text;
    if (text.length > 1) text += ',';
    if (!isList) text += `${JSON.stringify(key)}:`;
    text += jsonBeginning((value as Record<string | number, unknown>)[key], room - text.length);
  }
  return text + (isList ? ']' : '}');
}

export function errorAnswer(error: SegueError): ErrorAnswer {
  return {
    error: {
      code: error.code,
      message: error.message,
      got: error.got,
      expected: error.expected ?? null,
      remedy: error.remedy ?? null,
      suggestions: [...error.suggestions],
    },
  };
}

/** Validation failures, oversized bodies and unreadable JSON as the catalogue's errors; anything else is a defect. */
export function asSegueError(error: FastifyError, where: string): SegueError {
  if (error instanceof SegueError) return error;
  if (error.validation?.[0]) return validationError(error.validation[0], error.validation, where);
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new SegueError('BODY_TOO_LARGE', {
      got: 'The request body exceeds the size limit',
      expected: 'at most 4 MB',
      remedy: 'Send the list in parts',
    });
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return new SegueError('USAGE', {
      got: 'The request body is not valid JSON',
      expected: 'a request as described at /api/docs',
      remedy: 'Correct the body, or leave out the header content-type when there is none',
    });
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500)
    return new SegueError('USAGE', {
      got: error.message,
      expected: 'a request as described at /api/docs',
      remedy: 'Send JSON with the header content-type: application/json, a file with application/octet-stream',
    });
  return new SegueError('INTERNAL', {
    got: 'Internal error',
    remedy: 'See the server log for details',
    cause: error,
  });
}

type ValidationProblem = NonNullable<FastifyError['validation']>[number] & { data?: unknown };

/** @param all every rule that was broken: of a choice, one for each alternative */
function validationError(problem: ValidationProblem, all: readonly ValidationProblem[], where: string): SegueError {
  const alternatives = all.filter((other) => other.instancePath === problem.instancePath && other.keyword !== 'anyOf');
  const path = placeWords(where, problem.instancePath);
  const { params } = problem;
  const remedy = 'See /api/docs for what this call takes';
  const { keyword } = problem;
  if (isBound(keyword))
    return new SegueError('OUT_OF_RANGE', {
      got: `${path} is ${quote(problem.data)}`,
      expected: boundWords(keyword, params.limit),
      remedy,
    });
  switch (keyword) {
    case 'additionalProperties':
      return new SegueError('USAGE', {
        got: `${path} has an unknown field "${String(params.additionalProperty).slice(0, QUOTED)}"`,
        expected: 'only the documented fields',
        remedy,
      });
    case 'required':
      return new SegueError('USAGE', {
        got: `${path} lacks "${String(params.missingProperty)}"`,
        expected: 'that field',
        remedy,
      });
    default:
      return new SegueError('USAGE', {
        got: `${path} is ${quote(problem.data)}`,
        expected: oneOf(alternatives.map(expectedOf)),
        remedy,
      });
  }
}

const oneOf = (choices: readonly string[]): string =>
  choices.length > 2 ? `one of ${choices.join(', ')}` : choices.join(' or ');

/** What a rule of a schema asks for, in words. */
function expectedOf({ keyword, params, message }: ValidationProblem): string {
  const limit = String(params.limit);
  switch (keyword) {
    case 'type':
      return typeWords(params.type);
    case 'enum':
      return oneOf((params.allowedValues as unknown[]).map(String));
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'format':
      return `text in the format ${String(params.format)}`;
    case 'minLength':
    case 'minItems':
      return `at least ${limit} ${keyword === 'minItems' ? 'item' : 'character'}${limit === '1' ? '' : 's'}`;
    case 'maxLength':
    case 'maxItems':
      return `at most ${limit} ${keyword === 'maxItems' ? 'item' : 'character'}${limit === '1' ? '' : 's'}`;
    default:
      return message?.replace(/^must /, 'the value to ') ?? 'a value as the schema describes it';
  }
}

/** What somebody else's program did: nothing is wrong with this one, and where it noticed helps nobody. */
const OF_SERVICES: ReadonlySet<ErrorCode> = new Set(['SERVICE_AWAY', 'SERVICE_ANSWER']);

/** What each part of a request is called in messages. */
const CONTEXTS: Readonly<Record<string, string>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'headers',
};

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const where = CONTEXTS[error.validationContext ?? ''] ?? 'request';
    const known = asSegueError(error, where);
    if (OF_SERVICES.has(known.code)) request.log.warn({ code: known.code }, known.message);
    // Refusals under load are counted, not logged: a line for each would be load of its own.
    else if (ERRORS[known.code].status >= 500 && known.code !== 'OVERLOADED') request.log.error(known.cause ?? known);
    return withRetryAfter(reply, known.code).status(known.status).send(errorAnswer(known));
  });
}

/** Adds the header that tells clients refused under load when to try again, whatever shape the rest of the answer has. */
export const withRetryAfter = (reply: FastifyReply, code: ErrorCode): FastifyReply =>
  code === 'OVERLOADED' ? reply.header('retry-after', '1') : reply;

/** Answers what HTTP itself refuses before there is a request: the same shape, on the bare socket. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const timeout = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const status = timeout
    ? '408 Request Timeout'
    : error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request';
  const body = JSON.stringify(
    errorAnswer(
      new SegueError('USAGE', {
        got: timeout ? 'The request did not arrive in time' : 'The request is not valid HTTP',
        expected: 'a request as described at /api/docs',
      }),
    ),
  );
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** An `Expect` header other than 100-continue. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const error = new SegueError('USAGE', {
    got: 'The request has an unsupported Expect header',
    expected: 'no Expect header',
  });
  response.writeHead(417, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify(errorAnswer(error)));
}
