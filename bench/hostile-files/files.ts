import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { ZipFile } from 'yazl';
import { LARGE_EXPORTS, writeLarge } from '../../test/support/large-exports.ts';

/** A kind of file that once hung an import or exhausted its memory. */
export interface HostileFile {
  readonly what: string;
  readonly file: string;
  /** The source and further options of the import. */
  readonly as: readonly [source: string, ...options: string[]];
  /** Whether it needs a library that already has songs. */
  readonly songs?: true;
  /** Writes the file with about this many bytes (uncompressed, for a compressed file). */
  write(path: string, bytes: number): Promise<unknown>;
}

const MB = 1e6;
const MEMBERS = 3000;
const TRACKS = 'uri,name,artists,track_genre\n';
const MINE = ['mine', '--listener', 'Ada'] as const;
const uri = (i: number): string => `spotify:track:${String(i).padStart(22, 'a')}`;
const rows = (head: string, row: (i: number) => string) => (path: string, bytes: number) =>
  writeLarge({ head, row, tail: '' }, path, bytes);

/** A single line without a line end. */
const line = (path: string, bytes: number): Promise<void> =>
  pipeline(function* () {
    const part = 'Some Artist - Some Song and '.repeat(MB / 100);
    for (let written = 0; written < bytes; written += part.length) yield part;
  }, createWriteStream(path));

/** A header followed by blank lines; gzip files may be concatenated. */
const blankLines = (path: string, bytes: number): Promise<void> =>
  pipeline(function* () {
    yield gzipSync(TRACKS);
    const blank = gzipSync('\n'.repeat(MB));
    for (let written = 0; written < bytes; written += MB) yield blank;
  }, createWriteStream(path));

/** An archive of many tables; each track is different. */
async function members(path: string, bytes: number): Promise<void> {
  const zip = new ZipFile();
  let track = 0;
  for (let member = 0; member < MEMBERS; member++) {
    let text = TRACKS;
    while (text.length < bytes / MEMBERS) text += `${uri(track)},Song ${track++},Artist ${member},pop\n`;
    zip.addBuffer(Buffer.from(text), `tracks-${member}.csv`);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

/** A small file that decompresses to fifty times the size of the others. */
const bomb = (head: string, path: string, bytes: number): Promise<void> =>
  pipeline(function* () {
    yield gzipSync(head);
    const part = gzipSync('x'.repeat(MB));
    for (let written = 0; written < 50 * bytes; written += MB) yield part;
  }, createWriteStream(path));

/** Pairs of a few words, so that names repeat as real ones do. */
const WORDS = [
  'love',
  'night',
  'Über',
  'river',
  'of',
  'the',
  'Heaven',
  'you',
  'dance',
  'gold',
  'never',
  'blue',
  'fire',
];
const words = (i: number): string => `${WORDS[i % 13]} ${WORDS[(i * 7) % 11]}`;
const part = (i: number, of: number): string => (((i * 7919) % of) / of).toFixed(4);

const wide = (i: number): string =>
  `${uri(i).slice(14)},${i % 7 ? words(i) : `"${words(i)}, ${words(i + 1)}"`},${i % 100},${200_000 + i},${i % 9 ? 0 : 1},"['${words(i)} ${i % 40_000}']",19${50 + (i % 50)}-03-01,${Array.from({ length: 7 }, (_, f) => part(i + f, 9973)).join(',')},${(-i % 30).toFixed(3)},${60 + (i % 120)},4\n`;

interface ParquetColumn {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'DOUBLE';
  readonly of: (i: number) => string | number;
}

/** A Parquet table of these columns. @param rowBytes of a row, packed */
const parquet = (columns: readonly ParquetColumn[], rowBytes: number) => async (path: string, bytes: number) => {
  const schema = columns.map(({ name, type }) =>
    type === 'STRING'
      ? { name, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, repetition_type: 'OPTIONAL' as const }
      : { name, type, repetition_type: 'OPTIONAL' as const },
  );
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'root', num_children: schema.length }, ...schema],
  });
  for (let from = 0; from < bytes / rowBytes; from += GROUP) {
    const rows = Array.from({ length: GROUP }, (_, i) => from + i);
    await writer.write({ columnData: columns.map(({ name, type, of }) => ({ name, type, data: rows.map(of) })) });
  }
  await writer.finish();
};

/** Rows of a group of Parquet. */
const GROUP = 100_000;
const MEASURES = ['danceability', 'energy', 'loudness', 'speechiness', 'acousticness', 'liveness', 'valence', 'tempo'];

/** Eight features, none of which compresses well. */
const FEATURED: readonly ParquetColumn[] = [
  { name: 'track_id', type: 'STRING', of: (i) => `${(i * 2_654_435_761) % 2 ** 44}`.padStart(22, 'a') },
  { name: 'name', type: 'STRING', of: (i) => `${words(i)} ${i}` },
  { name: 'artists', type: 'STRING', of: (i) => `${words(i)} ${i % 40_000}` },
  { name: 'year', type: 'INT32', of: (i) => 1950 + (i % 75) },
  ...MEASURES.map((name, m) => ({ name, type: 'DOUBLE' as const, of: (i: number) => Math.abs(Math.sin(i * (m + 1))) })),
];

/** As many tracks as a file of this size can hold, each with a name and a feature. */
const SHORT: readonly ParquetColumn[] = [
  { name: 'id', type: 'STRING', of: (i) => i.toString(36) },
  { name: 'name', type: 'STRING', of: words },
  { name: 'energy', type: 'DOUBLE', of: (i) => Math.abs(Math.sin(i)) },
];

const track = (i: number): object => ({
  pos: i % 100,
  artist_name: `Artist ${i % 5000}`,
  track_uri: uri(i % 200_000),
  artist_uri: `spotify:artist:${String(i % 5000).padStart(22, 'a')}`,
  track_name: `Song ${i % 200_000}`,
  album_uri: `spotify:album:${String(i % 20_000).padStart(22, 'a')}`,
  duration_ms: 200_000,
  album_name: `Album ${i % 20_000}`,
});
const playlist = (i: number): string =>
  `${i ? ',' : ''}${JSON.stringify({ name: words(i), collaborative: 'false', pid: i, modified_at: 1_500_000_000, num_tracks: 100, num_albums: 90, num_followers: 1, tracks: Array.from({ length: 100 }, (_, t) => track(100 * i + t)) })}`;

/** A Spotify history. */
const streams = (song: (i: number) => number, at: (i: number) => number) => (path: string, bytes: number) =>
  writeLarge(
    {
      head: '[',
      row: (i) =>
        `${i ? ',' : ''}{"ts":"${new Date(at(i)).toISOString()}","ms_played":200000,"master_metadata_track_name":"Song ${song(i)}","master_metadata_album_artist_name":"Artist ${song(i) % 5000}","spotify_track_uri":"${uri(song(i))}","skipped":false}`,
      tail: ']',
    },
    path,
    bytes,
  );

/** Personal exports, as large as they get and larger. */
const EXPORTS: readonly HostileFile[] = LARGE_EXPORTS.filter(({ format }) =>
  [
    'spotify-extended',
    'apple-activity',
    'lastfm-ghan',
    'lastfm-stats',
    'lastfm-plain',
    'listenbrainz-listens',
    'youtube-library',
    'jspf',
    'xspf',
    'm3u',
    'plain-text',
  ].includes(format),
).map((large) => ({
  what: large.format,
  file: large.file.replaceAll(' ', '-'),
  as: MINE,
  songs: true,
  write: (path, bytes) => writeLarge(large, path, bytes),
}));

export const HOSTILE_FILES: readonly HostileFile[] = [
  { what: `zip of ${MEMBERS} members`, file: 'tables.zip', as: ['tracks'], write: members },
  {
    what: 'rows of one track, each with another genre',
    file: 'one.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(1)},One Song,One Artist,genre number ${i} of many\n`),
  },
  {
    what: '400,000 genres in a cell',
    file: 'genres.csv',
    as: ['artists'],
    write: rows(
      'name,genres\n',
      (i) => `Artist ${i},"[${Array.from({ length: 400_000 }, (_, g) => `'g${g}'`).join(',')}]"\n`,
    ),
  },
  {
    what: '400,000 artists in a cell',
    file: 'artists.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},"${Array.from({ length: 400_000 }, (_, a) => `A${a}`)}",pop\n`),
  },
  {
    what: '100,000 spaces in an artist cell',
    file: 'spaces.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},"a${' '.repeat(100_000)}b",pop\n`),
  },
  { what: 'blank lines in a .csv.gz', file: 'blank.csv.gz', as: ['tracks'], write: blankLines },
  { what: 'one line, as interactions', file: 'line.tsv', as: ['interactions'], write: line },
  { what: 'one line, as a list of songs', file: 'line.txt', as: MINE, songs: true, write: line },
  {
    what: 'shortest possible rows',
    file: 'tiny.csv',
    as: ['tracks'],
    write: rows('id,year\n', (i) => `${i.toString(36)},1999\n`),
  },
  {
    what: 'Parquet of tracks with eight features',
    file: 'tracks.parquet',
    as: ['tracks'],
    write: parquet(FEATURED, 105),
  },
  { what: 'Parquet of short tracks', file: 'short.parquet', as: ['tracks'], write: parquet(SHORT, 13) },
  {
    what: 'tracks with twelve features',
    file: 'wide.csv',
    as: ['tracks'],
    write: rows(
      'id,name,popularity,duration_ms,explicit,artists,release_date,danceability,energy,speechiness,acousticness,instrumentalness,liveness,valence,loudness,tempo,time_signature\n',
      wide,
    ),
  },
  {
    what: 'the same row again and again',
    file: 'same.csv',
    as: ['tracks'],
    write: rows(TRACKS, () => `${uri(1)},One Song,One Artist,pop\n`),
  },
  {
    what: 'one artist for all tracks',
    file: 'artist.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},One Artist,pop\n`),
  },
  {
    what: 'cells of 1 MB',
    file: 'cells.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},"${'a, '.repeat(MB / 3)}",pop\n`),
  },
  {
    what: 'one cell',
    file: 'cell.csv',
    as: ['tracks'],
    write: (path, bytes) =>
      writeLarge({ head: `${TRACKS}${uri(0)},"`, row: () => 'a, b', tail: '",A,pop\n' }, path, bytes),
  },
  {
    what: 'a slice of playlists',
    file: 'mpd.slice.0-999.json',
    as: ['mpd'],
    write: (path, bytes) => writeLarge({ head: '{"info":{},"playlists":[', row: playlist, tail: ']}' }, path, bytes),
  },
  {
    what: 'ratings',
    file: 'ratings.csv',
    as: ['interactions'],
    write: rows(
      'user,item,rating,timestamp\n',
      (i) => `u${Math.floor(i / 150)},i${(i * 7919) % 60_000},${1 + (i % 5)},${1_500_000_000 + i}\n`,
    ),
  },
  {
    what: 'interactions of users and items that are all different',
    file: 'distinct.csv',
    as: ['interactions'],
    write: rows('user,item\n', (i) => `${i.toString(36)},${i.toString(36)}\n`),
  },
  {
    what: 'interactions of one user',
    file: 'one-user.csv',
    as: ['interactions'],
    write: rows('user,item\n', (i) => `u,${i.toString(36)}\n`),
  },
  {
    what: 'lists of users with a few items',
    file: 'lists.txt',
    as: ['interactions'],
    write: rows('', (i) => `${i} ${Array.from({ length: 1 + (i % 7) }, (_, j) => (i * j) % 997).join(' ')}\n`),
  },
  {
    what: 'names of artists',
    file: 'artists.dat',
    as: ['interactions'],
    write: rows('id\tname\turl\tpictureURL\n', (i) => `${i}\tA${i}\tu\tp\n`),
  },
  {
    what: 'short rows of tracks between tabs',
    file: 'tabs.tsv',
    as: ['tracks'],
    write: rows('id\tname\tartists\n', (i) => `${i.toString(36)}\tn${i}\tB${i % 7}\n`),
  },
  {
    what: 'versions of one song, each of another duration',
    file: 'versions.csv',
    as: ['tracks'],
    write: rows('id,name,artists,duration_ms\n', (i) => `${i.toString(36)},S,A,${1 + 3000 * (i % 700_000)}\n`),
  },
  {
    what: 'tracks whose cells are all quoted, with quotes inside',
    file: 'quotes.csv',
    as: ['tracks'],
    write: rows('"id","name","artists"\n', (i) => `"${i.toString(36)}","a ""b"" ${i}","A${i % 100}"\n`),
  },
  {
    what: 'tracks by artists who are all different',
    file: 'tracks-artists.csv',
    as: ['tracks'],
    write: rows('id,name,artists\n', (i) => `${i.toString(36)},Intro,a${i.toString(36)}\n`),
  },
  {
    what: 'tracks of albums that are all different',
    file: 'albums.csv',
    as: ['tracks'],
    write: rows('id,name,album\n', (i) => `${i.toString(36)},m,l${i.toString(36)}\n`),
  },
  {
    what: 'tracks of genres that are all different',
    file: 'track-genres.csv',
    as: ['tracks'],
    write: rows('id,name,genre\n', (i) => `${i.toString(36)},m,g${i.toString(36)}\n`),
  },
  {
    what: 'artists of a few letters, with a genre',
    file: 'artist-names.csv',
    as: ['artists'],
    write: rows('name,genres\n', (i) => `A${i.toString(36)},g${i % 1000}\n`),
  },
  {
    what: 'lyrics of twelve letters',
    file: 'short-lyrics.csv',
    as: ['lyrics'],
    write: rows('id,lyrics\n', (i) => `${i.toString(36)},a b c d e f g h i j k l\n`),
  },
  {
    what: 'a table of lyrics',
    file: 'lyrics.csv',
    as: ['lyrics'],
    write: rows('track_id,lyrics\n', (i) => `${uri(i)},"${`${words(i)} ${words(i + 3)}\n`.repeat(60)}"\n`),
  },
  {
    what: 'one song of lyrics',
    file: 'A - B.lrc',
    as: ['lyrics'],
    write: rows('', (i) => `[00:${i % 60}.00]${words(i)} ${words(i + 3)}\n`),
  },
  {
    what: 'a .tsv.gz of 50 times as much',
    file: 'bomb.tsv.gz',
    as: ['interactions'],
    write: (path, bytes) => bomb('user\titem\n', path, bytes),
  },
  {
    what: 'a list of plays as .json.gz of 50 times as much',
    file: 'endsong.json.gz',
    as: MINE,
    songs: true,
    write: (path, bytes) =>
      bomb('[{"ts":"2020-01-01T00:00:00Z","ms_played":1,"master_metadata_track_name":"', path, bytes),
  },
  {
    what: 'plays of one song, the newest first',
    file: 'endsong_1.json',
    as: MINE,
    songs: true,
    write: streams(
      () => 1,
      (i) => Date.UTC(2025, 0, 1) - i * 240_000,
    ),
  },
  {
    what: 'plays of songs that are all new',
    file: 'endsong_2.json',
    as: MINE,
    songs: true,
    write: streams(
      (i) => i,
      (i) => Date.UTC(2010, 0, 1) + i * 240_000,
    ),
  },
  {
    what: 'a playlist of one letter a line',
    file: 'letters.m3u',
    as: MINE,
    songs: true,
    write: rows('', () => 'a\n'),
  },
  {
    what: 'a library of nested lists',
    file: 'YourLibrary.json',
    as: MINE,
    songs: true,
    write: (path, bytes) =>
      writeLarge(
        {
          head: `{"tracks":[{"artist":"A","album":"B","track":"C","uri":"${uri(1)}"}],"albums":[],"bannedTracks":[],"bannedArtists":[],"x":`,
          row: () => '[',
          tail: '',
        },
        path,
        bytes,
      ),
  },
  {
    what: 'a library of empty objects',
    file: 'YourLibrary1.json',
    as: MINE,
    songs: true,
    write: (path, bytes) => writeLarge({ head: '{"tracks":[{}', row: () => ',{}', tail: ']}' }, path, bytes),
  },
  ...EXPORTS,
];
