import { type Static, type TObject, type TString, Type } from '#typebox';
import { Value } from '#typebox/value';
import { SegueError } from '../errors.ts';
import type { HostUse, PublicSettings } from './contract.ts';

/** A setting that is sealed on disk and never shown again. */
export const secret = (description: string): TString =>
  Type.String({ minLength: 1, maxLength: 4000, description, format: 'password' });

export const isSecret = (schema: object): boolean => 'format' in schema && schema.format === 'password';

/** Checks settings against the schema. Errors do not repeat values, which may be secrets. @throws SegueError USAGE */
export function checkSettings<T extends TObject>(schema: T, given: Readonly<Record<string, unknown>>): Static<T> {
  const known = Object.keys(schema.properties);
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new SegueError('USAGE', {
        got: `There is no setting "${name.slice(0, 60)}"`,
        expected: `any of ${known.join(', ')}`,
      });
  const [problem] = Value.Errors(schema, given);
  if (problem === undefined) return Value.Parse(schema, given);
  const name = problem.instancePath.slice(1).split('/')[0] ?? '';
  const missing = problem.keyword === 'required' ? problem.params.requiredProperties.join(', ') : name;
  throw new SegueError('USAGE', {
    got: `The setting ${missing} is missing or invalid`,
    expected:
      schema.properties[missing] === undefined ? 'every required setting' : describe(schema.properties[missing]),
  });
}

const describe = (schema: object): string =>
  'description' in schema && typeof schema.description === 'string' ? schema.description : 'a valid value';

/** The settings that are no secret. */
export const openSettings = (schema: TObject, given: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, field]) => {
      const value = given[name];
      return typeof value === 'string' && !isSecret(field) ? [[name, value]] : [];
    }),
  );

/** The origin and path of a server as a person types it: scheme added, trailing slashes and `/rest` taken away. @throws SegueError USAGE */
export function serverAddress(text: string): string {
  const typed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    throw new SegueError('USAGE', {
      got: 'The server address is not valid',
      expected: 'an address such as http://192.168.1.10:4533',
    });
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw new SegueError('USAGE', {
      got: 'The server address contains a user name, password or query',
      expected: 'the address only; user and password are separate settings',
    });
  const parts = url.pathname.split('/');
  while (parts.at(-1) === '' && parts.length > 0) parts.pop();
  if (parts.at(-1) === 'rest') parts.pop();
  return `${url.origin}${parts.join('/')}`;
}

/** The one host that a connection to a person's own music server talks to. */
export const musicServer = ({ address }: PublicSettings): readonly HostUse[] => [
  {
    origin: new URL(serverAddress(address ?? '')).origin,
    why: 'your music server: reads your music, plays it, takes playlists and plays',
  },
];
