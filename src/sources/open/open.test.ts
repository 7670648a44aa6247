import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { parquetWriteFile } from 'hyparquet-writer';
import { packTar } from 'modern-tar';
import { all, withTemporary } from '../../../test/support/temporary.ts';
import { ACOUSTICBRAINZ_MEASURES } from '../../dataset/acousticbrainz-measures.ts';
import { AUDIO_FEATURES, type AudioFeature } from '../../dataset/audio-features.ts';
import { measureAt } from '../../dataset/measure-tables.ts';
import type { Batch, OwnerRow } from '../../dataset/rows.ts';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { creditedArtists } from '../music-ids.ts';
import { acousticbrainz } from './acousticbrainz.ts';
import { listenbrainz } from './listenbrainz.ts';
import { musicbrainz } from './musicbrainz.ts';
import { RecordingRedirects } from './redirects.ts';

const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
const id = (n: number): string =>
  `${n.toString(16).padStart(8, '0')}-1111-4111-8111-${n.toString(16).padStart(12, '0')}`;

interface Play {
  user: number;
  at: number;
  song: number;
  mapped?: boolean;
}

/** A line of the full export; songs with an even number have an MBID, the others a MessyBrainz id alone. */
const line = ({ user, at, song, mapped = song % 2 === 0 }: Play): string =>
  JSON.stringify({
    user_id: user,
    user_name: `secret-name-${user}`,
    timestamp: at,
    recording_msid: id(1000 + song),
    track_metadata: {
      artist_name: `Artist ${song % 3}`,
      track_name: `Song ${song}`,
      release_name: `Album ${song % 5}`,
      additional_info: mapped ? { recording_mbid: id(song), artist_mbids: [id(500 + (song % 3))] } : {},
    },
  });

const HOUR = 3600;
/** User 1 plays two sessions, user 2 one in between; rows are mixed and not in the order of time. */
const PLAYS: readonly Play[] = [
  { user: 1, at: 10 * HOUR, song: 0 },
  { user: 2, at: 10 * HOUR + 5, song: 4 },
  { user: 1, at: 10 * HOUR + 400, song: 2 },
  { user: 1, at: 10 * HOUR + 200, song: 1 },
  { user: 2, at: 10 * HOUR + 305, song: 0 },
  { user: 1, at: 20 * HOUR, song: 3 },
  { user: 1, at: 20 * HOUR + 200, song: 4 },
  { user: 2, at: 10 * HOUR + 605, song: 3 },
  { user: 1, at: 20 * HOUR + 400, song: 3 },
  { user: 1, at: 20 * HOUR + 700, song: 5 },
];
const TEXT = `${PLAYS.map(line).join('\n')}\n`;

interface Taken {
  owners: Record<string, { songs: string[]; weights?: number[] }>;
  batches: Batch[];
  rejected: Record<string, number>;
  text: string;
}

async function take(path: string, options: Record<string, string> = {}): Promise<Taken> {
  const batches = await all(listenbrainz.read(path, { options }));
  const owners: Taken['owners'] = {};
  const rejected: Record<string, number> = {};
  for (const batch of batches) {
    const name = (owner: OwnerRow): string[] => Array.from(owner.items, (item) => batch.tracks[item]!.name!);
    for (const owner of batch.owners)
      owners[owner.id] = {
        songs: name(owner),
        ...(owner.weights && { weights: Array.from(owner.weights) }),
      };
    for (const { cause, count } of batch.rejections) rejected[cause] = (rejected[cause] ?? 0) + count;
  }
  return { owners, batches, rejected, text: JSON.stringify(batches) };
}

const SESSIONS = {
  [`listenbrainz:1:${10 * HOUR}`]: { songs: ['Song 0', 'Song 1', 'Song 2'] },
  [`listenbrainz:1:${20 * HOUR}`]: { songs: ['Song 3', 'Song 4', 'Song 5'] },
  [`listenbrainz:2:${10 * HOUR + 5}`]: { songs: ['Song 4', 'Song 0', 'Song 3'] },
};

test('sessions become playlists, each song once, and no user name is kept', () =>
  withTemporary(async (dir) => {
    const path = join(dir, '11.listens');
    await writeFile(path, TEXT);
    const { owners, rejected, text } = await take(path);
    assert.deepEqual(owners, SESSIONS);
    assert.deepEqual(rejected, {});
    assert.ok(!text.includes('secret-name'));
    const far = await take(path, { gap: '1440' });
    assert.deepEqual(Object.keys(far.owners).length, 2);
    assert.deepEqual((await take(path, { least: '4' })).owners, {});
    const people = await take(path, { owners: 'people' });
    assert.deepEqual(people.owners['listenbrainz:1'], {
      songs: ['Song 0', 'Song 1', 'Song 2', 'Song 3', 'Song 4', 'Song 5'],
      weights: [1, 1, 1, 2, 1, 1],
    });
  }));

test('a song with an MBID is a MusicBrainz recording with its artist, another keeps its own id', () =>
  withTemporary(async (dir) => {
    const path = join(dir, '11.listens.zst');
    await writeFile(path, zstdCompressSync(TEXT));
    const tracks = (await take(path)).batches.flatMap((batch) => batch.tracks);
    assert.deepEqual(
      tracks.find(({ name }) => name === 'Song 4'),
      {
        uri: `musicbrainz:recording:${id(4)}`,
        name: 'Song 4',
        artists: [{ uri: `musicbrainz:artist:${id(501)}`, name: 'Artist 1' }],
        album: { name: 'Album 4' },
      },
    );
    assert.equal(tracks.find(({ name }) => name === 'Song 3')!.uri, `listenbrainz:msid:${id(1003)}`);
  }));

test('the published archive and the Parquet export give the same sessions', () =>
  withTemporary(async (dir) => {
    const half = PLAYS.length;
    const archive = await packTar([
      { header: { name: 'dump/COPYING', size: 3, type: 'file' }, body: 'CC0' },
      { header: { name: 'dump/listens/2024/11.listens', size: Buffer.byteLength(TEXT), type: 'file' }, body: TEXT },
    ]);
    const tar = join(dir, 'listenbrainz-listens-dump-1-full.tar.zst');
    await writeFile(tar, zstdCompressSync(archive));
    assert.deepEqual((await take(tar)).owners, SESSIONS);
    const parquet = join(dir, '0.parquet');
    const column = <T>(name: string, type: 'INT64' | 'STRING' | 'TIMESTAMP', of: (play: Play) => T) => ({
      name,
      data: PLAYS.slice(0, half).map(of),
      type,
      nullable: true,
    });
    parquetWriteFile({
      filename: parquet,
      columnData: [
        column('listened_at', 'TIMESTAMP', ({ at }) => new Date(at * 1000)),
        column('user_id', 'INT64', ({ user }) => BigInt(user)),
        column('recording_msid', 'STRING', ({ song }) => id(1000 + song)),
        column('artist_name', 'STRING', ({ song }) => `Artist ${song % 3}`),
        column('recording_name', 'STRING', ({ song }) => `Song ${song}`),
        column('recording_mbid', 'STRING', ({ song }) => (song % 2 === 0 ? id(song) : null)),
      ] as never,
    });
    assert.deepEqual((await take(parquet)).owners, SESSIONS);
  }));

test('releases of a recording become one track by MusicBrainz redirects', () =>
  withTemporary(async (dir) => {
    const path = join(dir, '11.listens');
    const redirects = join(dir, 'canonical_recording_redirect.csv');
    await writeFile(path, TEXT);
    await writeFile(
      redirects,
      `recording_mbid,canonical_recording_mbid,canonical_release_mbid\n${id(4)},${id(2)},${id(90)}\n`,
    );
    const tracks = (await take(path, { redirects })).batches.flatMap((batch) => batch.tracks);
    assert.equal(
      tracks.some(({ uri }) => uri.endsWith(id(4))),
      false,
    );
    assert.equal(tracks.filter(({ uri }) => uri.endsWith(id(2))).length > 0, true);
    await writeFile(redirects, 'a,b\n1,2\n');
    await assert.rejects(take(path, { redirects }), failsAs('COLUMNS_MISSING'));
  }));

test('redirects: as a Map over thousands of ids, later ones win', () => {
  const redirects = new RecordingRedirects();
  const naive = new Map<string, string>();
  for (let i = 0; i < 5000; i++) {
    const from = id((i * 7919) % 3001);
    const to = id(10_000 + i);
    redirects.add(from, to);
    naive.set(from, to);
  }
  assert.equal(redirects.size, naive.size);
  for (let i = 0; i < 4000; i++) assert.equal(redirects.canonical(id(i)), naive.get(id(i)) ?? id(i));
});

test('damaged lines are counted by cause; files of another kind are refused', () =>
  withTemporary(async (dir) => {
    const path = join(dir, '11.listens');
    const bad = [
      '{"user_id":1',
      '[]',
      line({ user: 1, at: 0, song: 1 }),
      line({ user: 1, at: 10, song: 1 }).replace('"Song 1"', '""'),
      line({ user: 1, at: 10, song: 1 }).replace(id(1001), 'no id'),
      line({ user: 1, at: 10, song: 1 }).replace('"user_id":1', '"user_id":null'),
    ];
    await writeFile(path, `${TEXT}${bad.join('\n')}`);
    const { owners, rejected } = await take(path);
    assert.deepEqual(owners, SESSIONS);
    assert.deepEqual(rejected, {
      'line that is not a listen': 3,
      'listen without a valid time': 1,
      'listen without a title or an artist': 1,
      'listen without an id': 1,
    });
    await writeFile(path, '{"not":"a listen"}\n'.repeat(200));
    await assert.rejects(take(path), failsAs('FILE_UNREADABLE'));
    const tar = join(dir, 'listens.tar.zst');
    await writeFile(tar, zstdCompressSync(Buffer.from(TEXT)));
    await assert.rejects(take(tar), failsAs('FILE_UNREADABLE'));
    const whole = zstdCompressSync(
      await packTar([
        { header: { name: 'listens/1.listens', size: Buffer.byteLength(TEXT), type: 'file' }, body: TEXT },
      ]),
    );
    await writeFile(tar, whole.subarray(0, whole.length - 20));
    await assert.rejects(take(tar), failsAs('FILE_UNREADABLE'));
    for (const [name, value] of [
      ['owners', 'bands'],
      ['gap', '0'],
      ['least', 'x'],
    ] as const)
      await assert.rejects(take(path, { [name]: value }), (error) => error instanceof SegueError);
  }));

const CANONICAL = [
  'id,artist_credit_id,artist_mbids,artist_credit_name,release_mbid,release_name,recording_mbid,recording_name,combined_lookup,score',
  `1,1,"{${id(501)}}","Artist 1",${id(90)},"The ""First"" Album",${id(4)},"Song Four",artist1songfour,10`,
  `2,2,"{${id(502)},${id(503)}}","Artist 2 feat. Artist 3",${id(91)},Other,${id(77)},"Unknown Here",x,10`,
  `3,2,,Nobody,${id(91)},Other,no-id,"Broken",x,10`,
].join('\n');

test('canonical data completes what the library knows, and once more after more music has come', () =>
  withTemporary(async (dir) => {
    const listens = join(dir, '11.listens');
    const csv = join(dir, 'canonical_musicbrainz_data.csv');
    await writeFile(listens, TEXT);
    await writeFile(csv, CANONICAL);
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(library.importFiles(musicbrainz, [csv]), failsAs('LIBRARY_EMPTY'));
    await library.importFiles(listenbrainz, [listens]);
    const before = (await library.dataset()).tracks.count;
    const report = await library.importFiles(musicbrainz, [csv]);
    assert.equal(report.taken.tracks, 1);
    assert.equal((await library.dataset()).tracks.count, before);
    assert.equal(report.rejections[0]!.count, 1);
    assert.equal((await library.importFiles(musicbrainz, [csv])).changed, false);
    const more = join(dir, '12.listens');
    await writeFile(
      more,
      [1, 2, 77].map((song, i) => line({ user: 9, at: 50 * HOUR + i, song, mapped: true })).join('\n'),
    );
    await library.importFiles(listenbrainz, [more]);
    assert.equal((await library.importFiles(musicbrainz, [csv])).taken.tracks, 2);
    const whole = await Library.open(join(dir, 'whole'));
    assert.equal((await whole.importFiles(musicbrainz, [csv], { options: { all: 'yes' } })).library.tracks, 2);
  }));

test('AcousticBrainz gives known recordings their tempo, key and mode; danceability stays out', () =>
  withTemporary(async (dir) => {
    const listens = join(dir, '11.listens');
    const rhythm = join(dir, 'acousticbrainz-rhythm.csv');
    const tonal = join(dir, 'acousticbrainz-tonal.csv');
    await writeFile(listens, TEXT);
    await writeFile(
      rhythm,
      `mbid,submission_offset,bpm,danceability\n${id(4)},0,120.5,1.3\n${id(4)},1,60,1.1\n${id(99)},0,90,1\nx,0,1,1\n`,
    );
    await writeFile(tonal, `mbid,submission_offset,key_key,key_scale\n${id(4)},0,Bb,minor\n${id(2)},0,H,odd\n`);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(listenbrainz, [listens]);
    const before = (await library.dataset()).tracks.count;
    const { rejections } = await library.importFiles(acousticbrainz, [rhythm, tonal]);
    assert.deepEqual(rejections, [
      { cause: 'row without a recording id', count: 1, firstAt: 'acousticbrainz-rhythm.csv:5' },
    ]);
    const { tracks } = await library.dataset();
    assert.equal(tracks.count, before);
    const at = tracks.vocabulary.indexOf(`musicbrainz:recording:${id(4)}`);
    const value = (feature: AudioFeature): number =>
      tracks.features[at * AUDIO_FEATURES.length + AUDIO_FEATURES.findIndex((known) => known.id === feature)]!;
    assert.deepEqual([value('tempo'), value('key'), value('mode')], [120.5, 10, 0]);
    assert.ok(Number.isNaN(value('danceability')));
    await writeFile(rhythm, 'mbid,danceability\n');
    await assert.rejects(library.importFiles(acousticbrainz, [rhythm]), failsAs('COLUMNS_MISSING'));
  }));

test('AcousticBrainz: every other measure has a column of its own, from three tables and the archive of documents', () =>
  withTemporary(async (dir) => {
    const tables = {
      rhythm: `mbid,submission_offset,bpm,bpm_histogram_first_peak_bpm_mean,danceability,onset_rate\n${id(4)},0,120,118.5,1.25,3.5\n${id(2)},0,90,,0.5,2\n`,
      tonal: `mbid,submission_offset,key_key,key_scale,tuning_frequency\n${id(4)},0,C,major,441.5\n`,
      lowlevel: `mbid,submission_offset,average_loudness,dynamic_complexity,mfcc_zero_mean\n${id(4)},0,0.75,2.5,-650\n`,
    };
    const paths: string[] = [];
    for (const [name, text] of Object.entries(tables)) {
      paths.push(join(dir, `acousticbrainz-lowlevel-features-${name}.csv`));
      await writeFile(paths.at(-1)!, text);
    }
    const model = (kept: string, other: string, probability: number) => ({
      all: { [kept]: probability, [other]: 1 - probability },
      probability: Math.max(probability, 1 - probability),
      value: kept,
    });
    const highlevel = {
      mood_happy: model('happy', 'not_happy', 0.125),
      danceability: model('danceable', 'not_danceable', 0.875),
      voice_instrumental: model('instrumental', 'voice', 0.25),
      timbre: model('bright', 'dark', 0.375),
      tonal_atonal: model('tonal', 'atonal', 2),
    };
    const document = (value: unknown): string => JSON.stringify(value);
    const archive = join(dir, 'acousticbrainz-highlevel-json-sample.tar');
    const member = (n: number, submission: number) => `highlevel/00/0/${id(n)}-${submission}.json`;
    await writeFile(
      archive,
      await packTar(
        Object.entries({
          'highlevel/COPYING': 'CC0',
          [member(4, 0)]: document({ highlevel, metadata: {} }),
          [member(4, 1)]: document({ highlevel: { mood_happy: model('happy', 'not_happy', 0.5) } }),
          [member(2, 0)]: '{"highlevel":',
          [member(99, 0)]: document({ highlevel }),
        }).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })),
      ),
    );
    const listens = join(dir, '3.listens');
    await writeFile(listens, TEXT);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(listenbrainz, [listens]);
    const { rejections } = await library.importFiles(acousticbrainz, [...paths, archive]);
    assert.deepEqual(
      rejections.map(({ cause, count }) => [cause, count]),
      [['document without models', 1]],
    );
    const { tracks } = await library.dataset();
    const known = (n: number): Record<string, number> => {
      const track = tracks.vocabulary.indexOf(`musicbrainz:recording:${id(n)}`);
      const all = ACOUSTICBRAINZ_MEASURES.map((measure, at): [string, number] => [
        measure.id,
        measureAt(tracks, 'acousticbrainz', track, at),
      ]);
      return Object.fromEntries(all.filter(([, value]) => !Number.isNaN(value)));
    };
    assert.deepEqual(known(4), {
      average_loudness: 0.75,
      dynamic_complexity: 2.5,
      mfcc_zero_mean: -650,
      bpm_histogram_first_peak_bpm_mean: 118.5,
      danceability: 1.25,
      onset_rate: 3.5,
      tuning_frequency: 441.5,
      mood_happy: 0.125,
      danceable: 0.875,
      instrumental: 0.25,
      bright: 0.375,
    });
    assert.deepEqual(known(2), { danceability: 0.5, onset_rate: 2 });
  }));

test('a credit is parted into its artists only where names and ids agree', () => {
  const two = [id(1), id(2)];
  assert.deepEqual(
    creditedArtists('A feat. B', two).map(({ name }) => name),
    ['A', 'B'],
  );
  assert.deepEqual(creditedArtists('Earth, Wind & Fire', [id(1)]), [
    { uri: `musicbrainz:artist:${id(1)}`, name: 'Earth, Wind & Fire' },
  ]);
  assert.deepEqual(creditedArtists('Earth, Wind & Fire & Other', two), [{ name: 'Earth, Wind & Fire & Other' }]);
  assert.deepEqual(creditedArtists('A', []), [{ name: 'A' }]);
  assert.deepEqual(creditedArtists(' ', two), []);
});
