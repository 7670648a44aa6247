import { type TSchema, Type } from '#typebox';
import { Value } from '#typebox/value';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** null = none */
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** Checks the format of a parameter's text. */
type Parameter = (text: string) => boolean;

interface Operation {
  readonly route: RegExp;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly needs?: readonly string[];
  readonly body?: TSchema;
  readonly status: number;
  /** Absent: bytes, or nothing. */
  readonly answer?: TSchema;
}

const orNull = (schema: TSchema) => Type.Optional(Type.Union([schema, Type.Null()]));
const text = orNull(Type.String());
const plain = Type.Optional(Type.String());
const number = orNull(Type.Number());
const exactly = (fields: Record<string, TSchema>) => Type.Object(fields, { additionalProperties: false });
const texts = Type.Record(Type.String(), Type.String());
const pairs = orNull(Type.Array(exactly({ Name: text, Id: plain })));

/** The fields of an item that matter for songs and playlists; all but the marked ones may be missing or null. */
const item = exactly({
  Id: plain,
  Name: text,
  Type: Type.Optional(Type.Union(['Audio', 'Playlist', 'MusicAlbum', 'MusicArtist'].map((kind) => Type.Literal(kind)))),
  MediaType: Type.Optional(
    Type.Union(['Unknown', 'Video', 'Audio', 'Photo', 'Book'].map((kind) => Type.Literal(kind))),
  ),
  Album: text,
  AlbumId: text,
  AlbumPrimaryImageTag: text,
  ImageTags: orNull(texts),
  AlbumArtist: text,
  AlbumArtists: pairs,
  Artists: orNull(Type.Array(Type.String())),
  ArtistItems: pairs,
  RunTimeTicks: orNull(Type.Integer()),
  ProductionYear: orNull(Type.Integer()),
  Genres: orNull(Type.Array(Type.String())),
  ProviderIds: orNull(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
  NormalizationGain: number,
  PlaylistItemId: text,
  DateCreated: text,
  UserData: Type.Optional(
    exactly({
      Key: Type.String(),
      ItemId: plain,
      PlayCount: Type.Optional(Type.Integer()),
      IsFavorite: Type.Optional(Type.Boolean()),
      LastPlayedDate: text,
      Played: Type.Optional(Type.Boolean()),
    }),
  ),
});
const items = exactly({
  Items: Type.Optional(Type.Array(item)),
  TotalRecordCount: Type.Optional(Type.Integer()),
  StartIndex: Type.Optional(Type.Integer()),
});
const user = exactly({ Name: text, Id: plain, ServerId: text });
const signedIn = exactly({ User: Type.Optional(user), AccessToken: text, ServerId: text });
const code = exactly({
  Authenticated: Type.Optional(Type.Boolean()),
  Secret: plain,
  Code: plain,
  DeviceId: plain,
  DeviceName: plain,
  AppName: plain,
  AppVersion: plain,
  DateAdded: plain,
});
const play = exactly({ ItemId: plain, SessionId: text, PositionTicks: number, PlaySessionId: text });

const free: Parameter = () => true;
const whole: Parameter = (value) => /^\d+$/.test(value);
const truth: Parameter = (value) => /^(?:true|false)$/.test(value);
const among =
  (...known: string[]): Parameter =>
  (value) =>
    value.split(',').every((one) => known.includes(one));
const paged = { userId: free, startIndex: whole, limit: whole };
const FIELDS = among('Genres', 'ProviderIds', 'DateCreated', 'MediaSources', 'SortName', 'Path');
const IMAGES = among('Primary', 'Art', 'Backdrop', 'Banner', 'Logo', 'Thumb', 'Disc');

/** The operations that Segue uses, one line each. */
const OPERATIONS: readonly Operation[] = [
  {
    route: /^POST \/Users\/AuthenticateByName$/,
    body: exactly({ Username: text, Pw: text }),
    status: 200,
    answer: signedIn,
  },
  {
    route: /^POST \/Users\/AuthenticateWithQuickConnect$/,
    body: exactly({ Secret: Type.String() }),
    status: 200,
    answer: signedIn,
  },
  { route: /^GET \/QuickConnect\/Enabled$/, status: 200, answer: Type.Boolean() },
  { route: /^POST \/QuickConnect\/Initiate$/, status: 200, answer: code },
  { route: /^GET \/QuickConnect\/Connect$/, query: { secret: free }, needs: ['secret'], status: 200, answer: code },
  { route: /^GET \/Users$/, query: { isHidden: truth, isDisabled: truth }, status: 200, answer: Type.Array(user) },
  {
    route: /^GET \/Items$/,
    query: {
      ...paged,
      recursive: truth,
      searchTerm: free,
      includeItemTypes: among('Audio', 'Playlist'),
      fields: FIELDS,
      enableImageTypes: IMAGES,
      filters: among('IsFavorite', 'IsPlayed', 'IsUnplayed', 'Likes', 'Dislikes'),
      sortBy: among('DateCreated', 'SortName', 'Name', 'DatePlayed', 'PlayCount'),
      sortOrder: among('Ascending', 'Descending'),
    },
    status: 200,
    answer: items,
  },
  {
    route: /^GET \/Playlists\/[^/]+\/Items$/,
    query: { ...paged, fields: FIELDS, enableImageTypes: IMAGES },
    status: 200,
    answer: items,
  },
  {
    route: /^POST \/Playlists$/,
    body: exactly({
      Name: Type.String(),
      Ids: Type.Optional(Type.Array(Type.String())),
      UserId: text,
      MediaType: Type.Optional(Type.Literal('Audio')),
    }),
    status: 200,
    answer: exactly({ Id: plain }),
  },
  {
    route: /^POST \/Playlists\/[^/]+$/,
    body: exactly({ Name: text, Ids: orNull(Type.Array(Type.String())) }),
    status: 204,
  },
  { route: /^POST \/Sessions\/Playing$/, body: play, status: 204 },
  { route: /^POST \/Sessions\/Playing\/Stopped$/, body: play, status: 204 },
  {
    route: /^GET \/Audio\/[^/]+\/universal$/,
    query: {
      userId: free,
      container: free,
      audioCodec: free,
      transcodingContainer: free,
      transcodingProtocol: among('http', 'hls'),
    },
    status: 200,
  },
  { route: /^GET \/Items\/[^/]+\/Images\/Primary$/, query: { maxWidth: whole, maxHeight: whole }, status: 200 },
];

/**
 * Deviations of a request or its response from the OpenAPI description of Jellyfin 10.11, as used by its TypeScript client of that version
 * (`@jellyfin/sdk` 0.13.0, with the same result for 1.0.0): names, types, and required fields. The format of ids is not checked. Error responses may
 * have any content.
 */
export function jellyfinProblems({ method, path, query, body, status, answer }: Exchange): string[] {
  const asked = `${method} ${path}`;
  const operation = OPERATIONS.find(({ route }) => route.test(asked));
  if (!operation) return status === 404 ? [] : [`there is no ${asked}`];
  const problems: string[] = [];
  for (const [name, value] of query) {
    const fits = operation.query?.[name];
    if (!fits) problems.push(`there is no parameter ${name}`);
    else if (!fits(value)) problems.push(`${name} cannot be ${value}`);
  }
  for (const name of operation.needs ?? []) if (!query.has(name)) problems.push(`${name} is missing`);
  if (operation.body) problems.push(...errorsIn(operation.body, body, 'the body'));
  else if (body !== null) problems.push('it takes no body');
  if (status < 300 && operation.answer) problems.push(...errorsIn(operation.answer, answer, 'the answer'));
  if (status < 300 && status !== operation.status && !(status === 206 && !operation.answer))
    problems.push(`it is answered ${operation.status}, not ${status}`);
  return problems.map((problem) => `${asked}: ${problem}`);
}

const errorsIn = (schema: TSchema, value: unknown, what: string): string[] =>
  Value.Check(schema, value)
    ? []
    : Value.Errors(schema, value).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
