import { Ajv, type Options as AjvOptions } from 'ajv';
import formats from 'ajv-formats';
import buildSerializer, { type Schema } from 'fast-json-stringify';
import type { FastifySchema } from 'fastify';
import type { App } from './context.ts';

/** A compiled validator: what it refused stands in `errors`. */
type Validator = ReturnType<Ajv['compile']>;

/**
 * How the app validates and writes JSON. Bodies are taken as they are: a wrong type or an unknown field is refused. Query strings are text, so
 * numbers are read from it. A schema is compiled when it is first used: all of them together take longer than all else that starts a server.
 * @param now compiles each when its route is registered, and checks the schema itself
 */
export function compileSchemas(app: App, now = false): void {
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
  app.setValidatorCompiler(({ schema, httpPart }: { schema: FastifySchema; httpPart?: string }) => {
    const compile = (): Validator => (httpPart === 'body' ? body : text).compile(schema);
    return now ? compile() : validatorAtFirstUse(compile);
  });
  app.setSerializerCompiler(({ schema }: { schema: unknown }) => {
    const compile = (): ((data: unknown) => string) => buildSerializer(schema as Schema);
    if (now) return compile();
    let serialize: ReturnType<typeof compile> | null = null;
    return (data: unknown) => (serialize ??= compile())(data);
  });
}

function validatorAtFirstUse(compile: () => Validator) {
  let compiled: Validator | null = null;
  const validate = (data: unknown): boolean => {
    compiled ??= compile();
    const valid = compiled(data) as boolean;
    validate.errors = compiled.errors;
    return valid;
  };
  validate.errors = null as Validator['errors'];
  return validate;
}
