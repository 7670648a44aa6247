import { type TSchema, Type } from '#typebox';
import { DEFAULT_HOST, DEFAULT_LIBRARY, DEFAULT_PORT } from '../config.ts';

/** One setting: its allowed values, and where it is read from. */
export interface Setting {
  readonly schema: TSchema;
  /** Environment variable. A secret is also read from the file that `<env>_FILE` names. */
  readonly env: string;
  readonly flag?: string;
  readonly secret?: boolean;
  readonly fallback?: unknown;
}

/** Every setting of an installation. Flags take precedence over the environment, the environment over the file, and the file over the default. */
export const SETTINGS = {
  library: {
    schema: Type.String({ minLength: 1, description: 'the library folder' }),
    env: 'SEGUE_LIBRARY',
    flag: '--library',
    fallback: DEFAULT_LIBRARY,
  },
  host: {
    schema: Type.String({ minLength: 1, maxLength: 253, description: 'the address to listen on' }),
    env: 'SEGUE_HOST',
    flag: '--host',
    fallback: DEFAULT_HOST,
  },
  port: {
    schema: Type.Integer({ minimum: 0, maximum: 65_535, description: 'the port; 0 picks a free one' }),
    env: 'SEGUE_PORT',
    flag: '--port',
    fallback: DEFAULT_PORT,
  },
  healthPort: {
    schema: Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description:
        'a second port of the same host that answers only /healthz and /readyz, on a thread of its own; none = not served',
    }),
    env: 'SEGUE_HEALTH_PORT',
    flag: '--health-port',
  },
  allowedHosts: {
    schema: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
      maxItems: 100,
      description: 'other host names that requests may use; separated by commas in the environment',
    }),
    env: 'SEGUE_ALLOWED_HOSTS',
    flag: '--allowed-host',
    fallback: [],
  },
  trustedProxies: {
    schema: Type.Array(
      Type.String({
        pattern: '^(?:loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(?:/[0-9]{1,3})?)$',
        maxLength: 60,
      }),
      {
        maxItems: 100,
        description:
          'proxies whose X-Forwarded headers are trusted: addresses, networks like 10.0.0.0/8, or loopback, linklocal, uniquelocal',
      },
    ),
    env: 'SEGUE_TRUSTED_PROXIES',
    flag: '--trusted-proxy',
    fallback: [],
  },
  signIn: {
    schema: Type.Boolean({ description: 'require sign-in on loopback too, e.g. behind a reverse proxy' }),
    env: 'SEGUE_SIGN_IN',
    flag: '--sign-in',
    fallback: false,
  },
  openWithoutSignIn: {
    schema: Type.Boolean({ description: 'let in everyone who can reach the server, beyond loopback too' }),
    env: 'SEGUE_OPEN_WITHOUT_SIGN_IN',
    flag: '--open-without-sign-in',
    fallback: false,
  },
  oidcIssuer: {
    schema: Type.String({
      pattern: '^(?:https://|http://(?:127[.]0[.]0[.]1|localhost|\\[::1\\])(?::|/|$))',
      maxLength: 500,
      description: 'address of an OpenID Connect provider to sign in with: https, or http on this machine',
    }),
    env: 'SEGUE_OIDC_ISSUER',
  },
  oidcClientId: {
    schema: Type.String({ minLength: 1, maxLength: 500, description: 'the client ID of this server at the provider' }),
    env: 'SEGUE_OIDC_CLIENT_ID',
  },
  oidcClientSecret: {
    schema: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'the client secret of this server at the provider',
    }),
    env: 'SEGUE_OIDC_CLIENT_SECRET',
    secret: true,
  },
  oidcName: {
    schema: Type.String({ minLength: 1, maxLength: 60, description: 'the name of the provider on the sign-in page' }),
    env: 'SEGUE_OIDC_NAME',
    fallback: 'your organisation',
  },
  oidcDomains: {
    schema: Type.Array(Type.String({ pattern: '^[a-zA-Z0-9.-]+$', maxLength: 253 }), {
      maxItems: 100,
      description: 'domains whose verified e-mail addresses get an account at the first sign-in; none by default',
    }),
    env: 'SEGUE_OIDC_DOMAINS',
    fallback: [],
  },
  keepUnknown: {
    schema: Type.Boolean({
      description: 'whether requests may add the ids of missing songs to the catalogue at the next training',
    }),
    env: 'SEGUE_KEEP_UNKNOWN',
    flag: '--keep-unknown',
    fallback: false,
  },
  longestWait: {
    schema: Type.Number({
      minimum: 0.1,
      maximum: 60,
      description:
        'seconds that a query may wait for a thread before it is refused with 503; raise it on a slow machine',
    }),
    env: 'SEGUE_LONGEST_WAIT',
    fallback: 2,
  },
  logLevel: {
    schema: Type.Union(
      ['error', 'warn', 'info', 'debug'].map((level) => Type.Literal(level)),
      { description: 'error, warn, info (a line per request) or debug' },
    ),
    env: 'SEGUE_LOG_LEVEL',
    flag: '--log-level',
    fallback: 'warn',
  },
  metricsPort: {
    schema: Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description: 'port on which `segue stream` serves /metrics and /healthz; none = not served',
    }),
    env: 'SEGUE_METRICS_PORT',
    flag: '--metrics-port',
  },
  databaseUrl: {
    schema: Type.String({
      minLength: 1,
      description: 'PostgreSQL database for the listeners; none = stored in the library folder',
    }),
    env: 'SEGUE_DATABASE_URL',
    secret: true,
  },
  otlpEndpoint: {
    schema: Type.String({
      pattern: '^https?://[!-~]+$',
      maxLength: 500,
      description: 'OpenTelemetry collector that receives traces and metrics by OTLP over HTTP; none = nothing is sent',
    }),
    env: 'SEGUE_OTLP_ENDPOINT',
  },
  metricsToken: {
    schema: Type.String({
      minLength: 16,
      pattern: '^[!-~]+$',
      description: 'bearer token for /metrics beyond loopback: 16 printable characters or more, no spaces',
    }),
    env: 'SEGUE_METRICS_TOKEN',
    secret: true,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

export interface Configuration {
  readonly library: string;
  readonly host: string;
  readonly port: number;
  readonly healthPort?: number;
  readonly allowedHosts: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly signIn: boolean;
  readonly openWithoutSignIn: boolean;
  readonly oidcIssuer?: string;
  readonly oidcClientId?: string;
  readonly oidcClientSecret?: string;
  readonly oidcName: string;
  readonly oidcDomains: readonly string[];
  readonly keepUnknown: boolean;
  readonly longestWait: number;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly metricsPort?: number;
  readonly databaseUrl?: string;
  readonly metricsToken?: string;
  readonly otlpEndpoint?: string;
}
