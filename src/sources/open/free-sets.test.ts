import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { all, withTemporary } from '../../../test/support/temporary.ts';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { fma } from './fma.ts';
import { harmonix } from './harmonix.ts';

const REAL = join(import.meta.dirname, '../../../../shared/data/open/harmonix-metadata.csv');
const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

const HARMONIX = [
  'File,Title,Artist,Release,Duration,BPM,Ratio Bars in 4,Time Signature,Genre,MusicBrainz Id,Acoustid Id',
  '0001_a,"One, Two",Some Band,First,142.47,113,100.0,4|4,R&B,0408655f-189f-371b-9c41-ec861e1a7810,x',
  '0002_b,Waltz,Other,,180,90,0.0,6|8,Dance/Electronic,0408655f-189f-371b-9c41-ec861e1a7811,',
  '0003_c,Nameless,Other,,180,90,0.0,6|8,Pop,not an id,',
].join('\n');

test('harmonix: title, artist, tempo, beats in a bar and genres; a row without an id is counted', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'metadata.csv');
    await writeFile(path, HARMONIX);
    const [batch] = await all(harmonix.read(path));
    assert.deepEqual(batch!.tracks[0], {
      uri: 'musicbrainz:recording:0408655f-189f-371b-9c41-ec861e1a7810',
      name: 'One, Two',
      artists: [{ name: 'Some Band' }],
      album: { name: 'First' },
      durationMs: 142_470,
      features: { tempo: 113, timeSignature: 4 },
      genres: ['r&b'],
    });
    assert.deepEqual(batch!.tracks[1]!.genres, ['dance', 'electronic']);
    assert.equal(batch!.tracks[1]!.features!.timeSignature, 6);
    assert.deepEqual(batch!.rejections, [{ cause: 'row without a recording id', count: 1, firstAt: 'metadata.csv:4' }]);
    await writeFile(path, 'Title,Artist\na,b\n');
    await assert.rejects(all(harmonix.read(path)), failsAs('COLUMNS_MISSING'));
  }));

test('harmonix: the published file', { skip: existsSync(REAL) ? false : 'the real file is not here' }, () =>
  withTemporary(async (dir) => {
    const { OPEN_SETS } = await import('../../connect/open-sets/sets.ts');
    const set = OPEN_SETS.find(({ id }) => id === 'harmonix')!;
    assert.equal(
      createHash('sha256')
        .update(await readFile(REAL))
        .digest('hex'),
      set.hash.hex,
    );
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(harmonix, [REAL]);
    // Some recordings are in the set twice.
    assert.equal(report.library.tracks, 903);
    assert.equal(report.library.tracksWithGenres, 902);
  }),
);

/** The two tables as published: column names in several rows, then the track's number. */
const TRACKS = [
  ',album,album,album,artist,artist,track,track,track',
  ',date_released,id,title,id,name,duration,genre_top,title',
  'track_id,,,,,,,,',
  '2,2009-01-05 00:00:00,1,First Album,1,A Band,168,Hip-Hop,A Song',
  '3,,1,First Album,1,A Band,237,International / World,Another',
  '5,,1,First Album,1,A Band,206,,',
].join('\n');
const ECHONEST = [
  ',echonest,echonest,echonest',
  ',audio_features,audio_features,metadata',
  ',danceability,tempo,album_name',
  'track_id,,,',
  '2,0.67,165.9,',
  '3,0.57,126.9,',
].join('\n');

test('fma: tracks and Echo Nest features are joined by the number of the track', () =>
  withTemporary(async (dir) => {
    await writeFile(join(dir, 'tracks.csv'), TRACKS);
    await writeFile(join(dir, 'echonest.csv'), ECHONEST);
    await writeFile(join(dir, 'genres.csv'), 'genre_id,#tracks\n1,2\n');
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(fma, [dir]);
    assert.equal(report.library.tracks, 2);
    assert.equal(report.library.tracksWithFeatures, 2);
    assert.deepEqual(report.rejections, [{ cause: 'row without a title', count: 1, firstAt: 'tracks.csv:6' }]);
    const [first] = await all(fma.read(join(dir, 'tracks.csv')));
    assert.deepEqual(first!.tracks[0], {
      uri: 'fma:2',
      name: 'A Song',
      artists: [{ uri: 'fma:artist:1', name: 'A Band' }],
      album: { uri: 'fma:album:1', name: 'First Album' },
      year: 2009,
      durationMs: 168_000,
      genres: ['hip-hop'],
    });
    await writeFile(join(dir, 'tracks.csv'), 'a,b\n1,2\n');
    await assert.rejects(all(fma.read(join(dir, 'tracks.csv'))), failsAs('COLUMNS_MISSING'));
    await writeFile(join(dir, 'tracks.csv'), 'a,b\n');
    await assert.rejects(all(fma.read(join(dir, 'tracks.csv'))), failsAs('COLUMNS_MISSING'));
  }));
