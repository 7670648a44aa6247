import type { World } from './world.ts';

/** Ids from earlier responses: of lists, jobs, connections. */
export type Ids = Record<string, string>;

export interface Request {
  /** Operation name in the API's description; several requests may use one operation. */
  readonly operation: string;
  /** Distinguishes it from others with the same operation. */
  readonly what?: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** JSON, or raw bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Stores what later requests need from the response. */
  readonly keep?: (answer: never, ids: Ids) => void;
  /** Waits for the job started by the request, so that the server's work for it is included. */
  readonly job?: boolean;
  /** A response without end, of which the first bytes suffice. */
  readonly endless?: boolean;
}

type Make = (ids: Ids, turn: number) => Request;

const names = (songs: readonly string[]) => songs.map((song) => ({ song, title: 'A title', artists: ['An artist'] }));
const moments = (n: number): number => Date.now() - n;

/** A request for every route, ordered so that each finds what it needs; the requests are created anew for each round. */
export function requests({ listener, songs, pasted, owner, server, jellyfin }: World): Make[] {
  const of = (path: string): string => `/api/listeners/${listener}${path}`;
  const get =
    (operation: string, path: string | ((ids: Ids) => string), more: Partial<Request> = {}): Make =>
    (ids) => ({ operation, method: 'GET', path: typeof path === 'string' ? path : path(ids), ...more });
  const post =
    (operation: string, path: string | ((ids: Ids) => string), body: unknown, more: Partial<Request> = {}): Make =>
    (ids, turn) => ({
      operation,
      method: 'POST',
      path: typeof path === 'string' ? path : path(ids),
      body: typeof body === 'function' ? body(ids, turn) : body,
      ...more,
    });
  const remove =
    (operation: string, path: (ids: Ids) => string, more: Partial<Request> = {}): Make =>
    (ids) => ({
      operation,
      method: 'DELETE',
      path: path(ids),
      ...more,
    });
  const [song, other] = songs.map(encodeURIComponent) as [string, string];
  const held = server.songs[0]!.id;
  const token = (ids: Ids): Record<string, string> => ({ authorization: `Token ${ids.token}` });
  const plugin =
    (question: string, body: object): Make =>
    (ids) => ({
      operation: 'navidromePlugin',
      what: question,
      method: 'POST',
      path: `/api/plugins/navidrome/${question}`,
      body,
      headers: token(ids),
    });
  const withToken =
    (operation: string, path: string): Make =>
    (ids) => ({
      operation,
      method: 'GET',
      path: path.replace('TOKEN', ids.token!),
      headers: token(ids),
    });
  const event = (id: string, n: number): object => ({ id, kind: 'like', song: songs[n], at: moments(1) });
  const settings = { address: server.address, user: server.user, password: server.password };
  const seeds = (n: number) => songs.slice(0, n).map((track) => ({ track }));
  return [
    get('health', '/healthz'),
    get('ready', '/readyz'),
    get('metrics', '/api/metrics'),
    get('/metrics', '/metrics'),
    get('operation', '/api/operation'),
    get('/', '/'),
    get('/api/openapi.json', '/api/openapi.json'),
    get('/api/docs/', '/api/docs/'),
    get('/api/docs/json', '/api/docs/json'),
    get('/api/docs/yaml', '/api/docs/yaml'),
    get('getAsyncApi', '/api/asyncapi.json'),
    get('getLibrary', '/api/library'),
    get('getGenres', '/api/genres?q=rock'),
    get('listModels', '/api/models'),
    get('getModel', '/api/models/hybrid'),
    get('searchTracks', '/api/tracks?q=love'),
    get('getTrack', `/api/tracks/${song}`),
    get('searchOwners', '/api/owners?q=a'),
    get('getOwner', `/api/owners/${encodeURIComponent(owner)}`),
    post('recommend', '/api/recommendations', { seeds: seeds(10), n: 50 }),
    post('recommend', '/api/recommendations', { seeds: seeds(10_000), exclude: songs, n: 500 }, { what: 'longest' }),
    post('similar', '/api/similar', { track: songs[0], n: 50 }),
    post('path', '/api/path', { from: songs[0], to: songs[1], n: 10 }),
    post('resolve', '/api/resolve', { text: pasted.slice(0, 3000) }),
    post('resolve', '/api/resolve', { text: pasted }, { what: '10,000 lines' }),
    get('explore', '/api/explore'),
    get('getMap', '/api/map'),
    get('getMapPoints', '/api/map/points'),
    post('getMapTracks', '/api/map/tracks', { numbers: Array.from({ length: 1000 }, (_, i) => i * 7) }),
    get('getEvaluation', '/api/evaluation'),
    get('getEvaluationPage', '/api/evaluation/page'),
    get('listExperiments', '/api/experiments'),
    get('analysesPossible', '/api/analyses'),
    post('analyse', '/api/analyses', { folder: '/var/empty' }),
    get('listListeners', '/api/listeners'),
    post('addListener', '/api/listeners', (_: Ids, turn: number) => ({ name: `Bob ${turn}` }), {
      keep: ({ id }: { id: string }, ids) => (ids.bob = id),
    }),
    (ids, turn) => ({
      operation: 'renameListener',
      method: 'PATCH',
      path: `/api/listeners/${ids.bob}`,
      body: { name: `Robert ${turn}` },
    }),
    get('getListener', of('')),
    () => ({
      operation: 'changeListenerSettings',
      method: 'PATCH',
      path: of('/settings'),
      body: { timeZone: 'Europe/Berlin' },
    }),
    get('listListenerImports', of('/imports')),
    remove('discardListenerImport', () => of('/imports/none')),
    get('exportListener', of('/export')),
    post('sendOwnFile', of('/files?name=Streaming_History_Audio_0.json'), Buffer.from(ownExport(pasted)), {
      keep: ({ file }: { file: string }, ids) => (ids.file = file),
    }),
    post('importOwnFiles', of('/own-imports'), (ids: Ids) => ({ files: [ids.file] }), {
      keep: ({ id }: { id: string }, ids) => (ids.import = id),
      job: true,
    }),
    get('listOwnImports', of('/own-imports')),
    get('getOwnImport', ({ import: id }) => of(`/own-imports/${id}`)),
    remove('cancelOwnImport', ({ import: id }) => of(`/own-imports/${id}`)),
    post('resolveAgain', of('/resolve'), undefined),
    get('listReviews', of('/review?limit=100'), {
      keep: ({ items }: { items: { song: { song: string } }[] }, ids) => {
        ids.review = items[0]?.song.song ?? 'none';
      },
    }),
    post('answerReview', of('/review'), (ids: Ids) => ({ own: ids.review, choose: 'none' })),
    get('forYou', of('/for-you')),
    get('forYou', of('/for-you?n=200&details=true'), { what: '200, details' }),
    get('mixes', of('/mixes')),
    get('mixes', of('/mixes?n=100&every=week'), { what: '100' }),
    get('byCluster', of('/by-cluster?n=200')),
    get('moreFromPeriod', of(`/period?from=${moments(1e10)}&to=${moments(0)}`)),
    get('backtest', of('/backtest')),
    get('listeningReport', of('/listening')),
    get('listPlays', of('/plays?limit=100'), {
      keep: ({ items }: { items: { id: string }[] }, ids) => (ids.play = items[0]!.id),
    }),
    get('listPlays', of('/plays?limit=100&q=love'), { what: 'searched' }),
    post('removePlays', of('/plays/remove'), (ids: Ids) => ({ ids: [ids.play] })),
    post('restorePlays', of('/plays/restore'), (ids: Ids) => ({ ids: [ids.play] })),
    post('removePlays', of('/plays/remove'), (ids: Ids) => ({ ids: [ids.play] }), { what: 'again' }),
    remove('purgePlays', () => of('/plays/removed')),
    get('listListenerSongs', of('/songs?limit=100')),
    post('addLikes', of('/likes'), { songs: names(songs.slice(0, 1000)) }, { what: '1,000' }),
    get('listLikes', of('/likes?limit=100')),
    remove('removeLike', () => of(`/likes/${song}`)),
    post('addDislikes', of('/dislikes'), { songs: names(songs.slice(1000, 2000)) }, { what: '1,000' }),
    get('listDislikes', of('/dislikes?limit=100')),
    remove('removeDislike', () => of(`/dislikes/${other}`)),
    post('addBan', of('/bans'), { kind: 'genre', target: 'polka' }),
    get('listBans', of('/bans')),
    remove('removeBan', () => of('/bans/genre/polka')),
    post(
      'saveList',
      of('/lists'),
      { name: 'Long', songs: names(songs) },
      {
        what: '10,000 songs',
        keep: ({ id }: { id: string }, ids) => (ids.list = id),
      },
    ),
    get('listSavedLists', of('/lists')),
    get('getSavedList', ({ list }) => of(`/lists/${list}`), { what: '10,000 songs' }),
    (ids, turn) => ({
      operation: 'saveListVersion',
      what: '10,000 songs',
      method: 'PUT',
      path: of(`/lists/${ids.list}`),
      body: { name: 'Long', songs: names(songs.slice(turn + 1)) },
    }),
    get('listVersions', ({ list }) => of(`/lists/${list}/versions`)),
    get('getListVersion', ({ list }) => of(`/lists/${list}/versions/1`), { what: '10,000 songs' }),
    post('revertList', ({ list }) => of(`/lists/${list}/versions/1/revert`), undefined, { what: '10,000 songs' }),
    get('continueList', ({ list }) => of(`/lists/${list}/continue`)),
    remove('removeList', ({ list }) => of(`/lists/${list}`)),
    post('restoreList', ({ list }) => of(`/lists/${list}/restore`), undefined),
    post('recordEvent', of('/events'), (_: Ids, turn: number) => event(`one-${turn}`, 5000)),
    post(
      'recordEvents',
      '/api/events',
      (_: Ids, turn: number) => ({
        events: songs.slice(0, 1000).map((_song, n) => ({ ...event(`${turn}-${n}`, 6000 + n), listener })),
      }),
      { what: '1,000' },
    ),
    get('listEvents', of('/events?limit=100')),
    get('live', of('/live'), { endless: true }),
    get('listConnections', '/api/connections'),
    post(
      'connect',
      '/api/connections',
      { service: 'subsonic', listener, settings },
      {
        keep: ({ id }: { id: string }, ids) => (ids.connection = id),
      },
    ),
    get('contactedHosts', '/api/connections/hosts'),
    post('syncConnection', ({ connection }) => `/api/connections/${connection}/sync`, undefined, { job: true }),
    get('syncState', ({ connection }) => `/api/connections/${connection}/sync`),
    post('missingSongs', ({ connection }) => `/api/connections/${connection}/missing`, { songs }, { what: '10,000' }),
    post('songFiles', ({ connection }) => `/api/connections/${connection}/files`, { songs }, { what: '10,000' }),
    post('sendList', ({ connection }) => `/api/connections/${connection}/lists`, {
      key: 'bench',
      name: 'Bench',
      songs: songs.slice(0, 100),
    }),
    get('streamSong', ({ connection }) => `/api/connections/${connection}/stream/${held}`),
    get('songCover', ({ connection }) => `/api/connections/${connection}/cover/${held}`),
    post('reportPlay', ({ connection }) => `/api/connections/${connection}/plays/${held}`, {
      at: moments(1000),
      finished: true,
    }),
    (ids) => ({
      operation: 'chooseWeekly',
      method: 'PUT',
      path: `/api/connections/${ids.connection}/weekly`,
      body: { mixes: true, lists: [] },
    }),
    get('weekly', ({ connection }) => `/api/connections/${connection}/weekly`),
    post(
      'createAccessToken',
      '/api/access-tokens',
      { listener, name: 'bench', scopes: ['read', 'events'] },
      {
        keep: ({ token: made, id }: { token: string; id: string }, ids) => {
          ids.token ??= made;
          ids.revoked = id;
        },
      },
    ),
    get('listAccessTokens', '/api/access-tokens'),
    plugin('is-authorized', { username: server.user }),
    plugin('similar-songs-by-track', { id: held, count: 50 }),
    plugin('similar-songs-by-artist', { name: server.songs[0]!.artist, count: 50 }),
    plugin('artist-top-songs', { name: server.songs[0]!.artist, count: 50 }),
    plugin('similar-artists', { name: server.songs[0]!.artist, limit: 20 }),
    plugin('sonic-similar-tracks', { song: { id: held }, count: 50 }),
    plugin('sonic-path', { startSong: { id: held }, endSong: { id: server.songs[1]!.id }, count: 20 }),
    withToken('/rest/getSimilarSongs2', `/rest/getSimilarSongs2?apiKey=TOKEN&f=json&count=50&id=${held}`),
    withToken('/1/validate-token', '/1/validate-token'),
    withToken('/1/user/listens', `/1/user/${listener}/listens?count=1000`),
    withToken('/1/user/playlists/createdfor', `/1/user/${listener}/playlists/createdfor`),
    (ids, turn) => ({
      operation: '/1/submit-listens',
      what: '1,000',
      method: 'POST',
      path: '/1/submit-listens',
      headers: token(ids),
      body: {
        listen_type: 'import',
        payload: server.songs
          .filter(({ title, artist }) => title.trim() && artist.trim())
          .slice(0, 1000)
          .map(({ title, artist }, n) => ({
            listened_at: 1_600_000_000 + 2000 * turn + n,
            track_metadata: { track_name: title, artist_name: artist },
          })),
      },
    }),
    post('beginSignIn', '/api/connections/sign-in', {
      service: 'spotify',
      listener,
      settings: { clientId: 'x'.repeat(32) },
    }),
    get('finishSignIn', '/api/connections/callback?state=none&code=none'),
    get('signInProblem', of('/sign-in')),
    post('beginSignInByCode', '/api/connections/code', {
      service: 'jellyfin',
      listener,
      settings: { address: jellyfin.address },
    }),
    post('lookForCode', '/api/connections/code/look', { id: '0'.repeat(32) }),
    remove('revokeAccessToken', ({ revoked }) => `/api/access-tokens/${revoked}`),
    remove('endWeekly', ({ connection }) => `/api/connections/${connection}/weekly`),
    post(
      'startJob',
      '/api/jobs',
      { kind: 'train', models: ['popularity'] },
      {
        keep: ({ id }: { id: string }, ids) => (ids.job = id),
        job: true,
      },
    ),
    get('listJobs', '/api/jobs'),
    get('getJob', ({ job }) => `/api/jobs/${job}`),
    get('jobEvents', ({ job }) => `/api/jobs/${job}/events`, { endless: true }),
    remove('cancelJob', ({ job }) => `/api/jobs/${job}`),
    post('importFile', '/api/imports?source=tracks&name=bench.csv', Buffer.from('id,name\nbench:1,A song\n'), {
      job: true,
    }),
    remove('forgetImport', () => '/api/imports?file=bench.csv', { job: true }),
    remove('disconnect', ({ connection }) => `/api/connections/${connection}`),
    remove('deleteListener', ({ bob }) => `/api/listeners/${bob}`),
  ];
}

/** An extended Spotify history with the pasted songs. */
const ownExport = (pasted: string): string =>
  JSON.stringify(
    pasted.split('\n').map((line, i) => {
      const [artist, title] = line.split(' - ', 2);
      return {
        ts: new Date(1.5e12 + i * 1_200_000).toISOString(),
        ms_played: 200_000,
        master_metadata_track_name: title,
        master_metadata_album_artist_name: artist,
        spotify_track_uri: null,
        skipped: false,
      };
    }),
  );
