import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { openRepository } from '../open.ts';
import { listeningReport } from './listening-report.ts';

test('years, hours and weekdays in the listener’s zone; first times once; skips nowhere; taste as the mean of the plays', async () => {
  const dataset = demoDataset({ tracks: 200, playlists: 20, seed: 1 });
  const dir = await mkdtemp(join(tmpdir(), 'segue-report-'));
  const repository = await openRepository(dir);
  try {
    const { id } = await repository.listeners.add({ name: 'Ada' });
    await repository.settings.set(id, { timeZone: 'Asia/Tokyo' });
    const uri = (t: number): string => dataset.tracks.vocabulary.id(t);
    const artists = (t: number): string[] => [dataset.artists.names.get(dataset.mainArtist(t))];
    const play = (n: number, track: number, at: string, skipped = false) => ({
      id: `p${n}`,
      song: uri(track),
      title: `Song ${track}`,
      artists: artists(track),
      at: Date.parse(at),
      msPlayed: 60_000,
      skipped,
      source: 'test',
    });
    await repository.plays.add(id, [
      play(1, 0, '2022-12-31T15:30:00Z'), // a Sunday, half past midnight in Tokyo
      play(2, 0, '2023-05-01T12:00:00Z'),
      play(3, 100, '2024-02-01T00:00:00Z'),
      play(4, 100, '2024-02-02T00:00:00Z', true),
    ]);
    const report = await listeningReport(repository, id, dataset, (track) => ({ x: track, y: 1 }));
    assert.deepEqual(
      report.years.map(({ year, plays, newSongs }) => [year, plays, newSongs]),
      [
        [2023, 2, 1],
        [2024, 1, 1],
      ],
    );
    assert.equal(report.hours[0], 1);
    assert.equal(report.hours[21], 1);
    assert.equal(report.weekdays[6], 1);
    assert.equal(report.plays, 3);
    assert.equal(report.listenedMs, 180_000);
    assert.deepEqual(
      report.topSongs.map(({ song, plays }) => [song, plays]),
      [
        [uri(0), 2],
        [uri(100), 1],
      ],
    );
    assert.equal(report.artists[0]!.name, artists(0)[0]);
    assert.deepEqual(
      report.years.map(({ taste }) => taste!.x),
      [0, 100],
    );
    assert.equal(report.years[0]!.newArtists, 1);
  } finally {
    await repository.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  }
});
