import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { SOUND, SOUND_WIDTH } from '../../dataset/sound-measures.ts';
import { Library } from '../../library/library.ts';
import type { AnalysedFile } from '../../sources/own-files/own-files.ts';
import { takeIn } from './take-in.ts';

const ORIGIN = { id: 'test', title: 'Test', licence: '', citation: '' };
const MBID = '8f3471b5-7e6a-48da-86a9-c1c07a0f47ae';

const file = (title: string, artist: string, lufs: number, more: object = {}): AnalysedFile => ({
  path: `${artist}/${title}.mp3`,
  size: 1,
  mtime: 1,
  tags: { title, artists: [artist], durationMs: 200_000, ...more },
  sound: [lufs, ...new Array<number>(SOUND_WIDTH - 1).fill(Number.NaN)],
});
const logOf = (...files: AnalysedFile[]) => ({ folder: '/music', files: new Map(files.map((f) => [f.path, f])) });

function loudness({ tracks: { vocabulary, sound } }: Dataset): Record<string, number> {
  const out: Record<string, number> = {};
  sound?.row.forEach((row, t) => {
    if (row >= 0) out[vocabulary.id(t)] = sound.values[row * SOUND_WIDTH + SOUND.lufs]!;
  });
  return out;
}

const known: TrackRow[] = [
  { uri: 'spotify:track:0000000000000000000001', name: 'First Song', artists: [{ name: 'Ann' }], durationMs: 200_000 },
  { uri: `musicbrainz:recording:${MBID}`, name: 'Écho', artists: [{ name: 'Björk' }] },
  { uri: 'isrc:GBAYE6900001', name: 'Third', artists: [{ name: 'Cid' }] },
];

test('songs find the catalogue’s by names, MBID and ISRC and lend it their sound; others get an id behind all others', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(ORIGIN, 'catalogue', [{ ...emptyBatch(), tracks: known }]);
    const log = logOf(
      file('First Song (Remastered 2011)', 'ANN', -9),
      file('other name', 'Somebody', -10, { mbid: MBID }),
      file('3', 'C', -11, { isrc: 'GBAYE6900001' }),
      file('Only Mine', 'Dee', -12),
    );
    const { matched, own, report } = await takeIn(library, await library.dataset(), log);
    assert.deepEqual([matched, own, report.changed], [2, 2, true]);
    const dataset = await library.dataset();
    const [first, echo, third, mine] = Array.from({ length: 4 }, (_, t) => dataset.tracks.vocabulary.id(t));
    assert.deepEqual(
      [first, echo, third],
      known.map(({ uri }) => uri),
    );
    assert.match(mine!, /^own-files:/);
    assert.deepEqual(loudness(dataset), { [first!]: -9, [echo!]: -10, [third!]: -11, [mine!]: -12 });
    assert.equal(dataset.tracks.names.get(1), 'Écho');
  }));

test('the same log again changes nothing; a file that changed replaces its sound; numbers stay', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await takeIn(library, null, logOf(file('One', 'Ann', -9), file('Two', 'Ann', -10)));
    const before = await library.dataset();
    const same = await takeIn(library, before, logOf(file('One', 'Ann', -9), file('Two', 'Ann', -10)));
    assert.deepEqual([same.own, same.report.changed], [2, false]);
    await takeIn(library, before, logOf(file('One', 'Ann', -14), file('Three', 'Ann', -11)));
    const after = await library.dataset();
    const [one, two, three] = Array.from({ length: 3 }, (_, t) => after.tracks.vocabulary.id(t));
    assert.deepEqual([one, two], [before.tracks.vocabulary.id(0), before.tracks.vocabulary.id(1)]);
    assert.equal(loudness(after)[one!], -14);
    assert.equal(loudness(after)[three!], -11);
  }));
