import { Ajv, type Options as AjvOptions } from 'ajv';
import formats from 'ajv-formats';
import buildSerializer, { type Schema } from 'fast-json-stringify';
import type { FastifySchema } from 'fastify';
import { turn } from '../turn/turn.ts';
import type { App } from './context.ts';
import { withoutUnions } from './without-unions.ts';

/** A compiled validator: what it refused stands in `errors`. */
type Validator = ReturnType<Ajv['compile']>;

/**
 * How the app validates and writes JSON. Bodies are taken as they are: a wrong type or an unknown field is refused. Query strings are text, so
 * numbers are read from it. A schema is compiled when it is first used: all of them together take longer than all else that starts a server.
 * @param now compiles each when its route is registered, and checks the schema itself
 * @returns compiles what no request has needed yet, one schema after the other, and lets other work in after each
 */
export function compileSchemas(app: App, now = false): () => Promise<void> {
  const shared: AjvOptions = {
    useDefaults: true,
    removeAdditional: false,
    allErrors: false,
    verbose: true,
    strict: false,
    // Checking a schema itself takes four times as long as compiling it.
    validateSchema: now,
  };
  const body = formats.default(new Ajv({ ...shared, coerceTypes: false }));
  const text = formats.default(new Ajv({ ...shared, coerceTypes: 'array' }));
  const uncompiled: (() => unknown)[] = [];
  const once = <T>(compile: () => T): (() => T) => {
    let compiled: { readonly value: T } | null = null;
    const ask = (): T => (compiled ??= { value: compile() }).value;
    if (now) ask();
    else uncompiled.push(ask);
    return ask;
  };
  app.setValidatorCompiler(({ schema, httpPart }: { schema: FastifySchema; httpPart?: string }) =>
    validatorOf(once<Validator>(() => (httpPart === 'body' ? body : text).compile(schema))),
  );
  const writers = new Map<unknown, () => (data: unknown) => string>();
  app.setSerializerCompiler(({ schema }: { schema: unknown }) => {
    // All routes fail with the same schema.
    const writer = writers.get(schema) ?? once(() => buildSerializer(withoutUnions(schema) as Schema));
    writers.set(schema, writer);
    return (data: unknown) => writer()(data);
  });
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  return async () => {
    // The largest belong to the first routes: they are compiled fastest when the compiler has been at it for a while.
    for (const compile of uncompiled.splice(0).reverse()) {
      if (closing) return;
      try {
        compile();
      } catch {
        // The request that needs it says what is wrong.
      }
      await turn();
    }
  };
}

function validatorOf(compiled: () => Validator) {
  const validate = (data: unknown): boolean => {
    const validator = compiled();
    const valid = validator(data) as boolean;
    validate.errors = validator.errors;
    return valid;
  };
  validate.errors = null as Validator['errors'];
  return validate;
}
