import { Ajv, type Options as AjvOptions } from 'ajv';
import formats from 'ajv-formats';
import buildSerializer, { type Schema } from 'fast-json-stringify';
import type { FastifySchema } from 'fastify';
import { turn } from '../turn/turn.ts';
import type { App } from './context.ts';
import { withoutUnions } from './without-unions.ts';

/** A compiled validator; `errors` holds the reasons of its last refusal. */
type Validator = ReturnType<Ajv['compile']>;

/**
 * How the app validates and serialises JSON. Bodies are not coerced: a wrong type or an unknown field is refused. Query strings are text, from which
 * numbers are parsed. A schema is compiled at its first use, because compiling all of them takes longer than the rest of a server's start.
 * @param now compiles each schema when its route is registered, and checks the schema itself @returns a function that compiles the schemas no request
 * has needed yet, yielding to other work after each
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
    // All routes share the schema of errors.
    const writer = writers.get(schema) ?? once(() => buildSerializer(withoutUnions(schema) as Schema));
    writers.set(schema, writer);
    return (data: unknown) => writer()(data);
  });
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  return async () => {
    // The first routes have the largest schemas, which compile fastest once the compiler is warm.
    for (const compile of uncompiled.splice(0).reverse()) {
      if (closing) return;
      try {
        compile();
      } catch {
        // The request that needs it reports the error.
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
