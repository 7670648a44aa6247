/** Two songs that every demo world has. */
const SONG = 'demo:track:000dvu';
const OTHER = 'demo:track:000a1b';

/** A small body for each operation whose generated one would not work, by operation id. Songs are those of the demo world. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  recommend: { seeds: [{ track: SONG }], filters: { year: { from: 1990, to: 1999 } }, n: 10 },
  similar: { track: SONG, n: 10 },
  path: { from: SONG, to: OTHER, n: 8 },
  resolve: { text: 'The Ceams - November in August\nThe Ceams - Breathe the City' },
  getMapTracks: { numbers: [0, 1, 2] },
  addListener: { name: 'Alice' },
  renameListener: { name: 'Alice' },
  changeListenerSettings: { timeZone: 'Europe/Berlin' },
  addLikes: { songs: [{ song: SONG }] },
  addDislikes: { songs: [{ song: SONG }] },
  addBan: { kind: 'artist', target: 'artist:The Ceams', until: null },
  saveList: { name: 'Road trip', songs: [{ song: SONG }, { song: OTHER }] },
  saveListVersion: { name: 'Road trip', songs: [{ song: OTHER }] },
  recordEvents: {
    events: [
      { id: 'play-1', listener: 'LISTENER_ID', kind: 'play', song: SONG, at: 1_764_500_000_000, msPlayed: 180_000 },
      { id: 'like-1', listener: 'LISTENER_ID', kind: 'like', song: SONG, at: 1_764_500_100_000 },
    ],
  },
  recordEvent: { id: 'play-1', kind: 'play', song: SONG, at: 1_764_500_000_000, msPlayed: 180_000 },
  startJob: { kind: 'train', models: ['als'], set: { als: { factors: 32 } } },
  analyse: { folder: '/home/alice/Music' },
  connect: {
    service: 'subsonic',
    listener: 'Alice',
    settings: { address: 'http://nas:4533', user: 'alice', password: 'secret' },
  },
  createAccessToken: { listener: 'Alice', name: 'My program', scopes: ['read', 'events'] },
};
