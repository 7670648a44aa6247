import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { artists } from '../../src/sources/artists.ts';
import { interactions } from '../../src/sources/interactions.ts';
import { mpd } from '../../src/sources/mpd.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { MPD_SAMPLE, REAL_DATA, skipWithoutRealData } from '../support/real-data.ts';
import { withTemporary } from '../support/temporary.ts';

test('real playlists, features and artists join as their README says', { skip: skipWithoutRealData }, () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const playlists = await library.importFiles(mpd, [MPD_SAMPLE]);
    assert.equal(playlists.library.owners, 6071);
    assert.equal(playlists.library.tracks, 182_400);
    assert.deepEqual(playlists.rejections, []);
    const duplicates = playlists.cleaning['duplicate entries in a playlist, left out']!;
    assert.equal(playlists.taken.entries + duplicates, 599_784);

    const features = await library.importFiles(tracks, [join(REAL_DATA, 'track-features')]);
    assert.equal(features.read, 10);
    assert.ok(Math.abs(features.library.tracksWithFeatures - 61_821) <= 1);
    assert.ok(Math.abs(features.library.entriesWithFeatures - 0.28) < 0.01);

    const genres = await library.importFiles(artists, [join(REAL_DATA, 'artists')]);
    assert.deepEqual(
      genres.skipped.map(({ file }) => file),
      ['data_by_year.csv'],
    );
    assert.ok(Math.abs(genres.library.entriesWithGenres - 0.9) < 0.01);
    assert.equal(genres.library.owners, 6071);
  }),
);

test('the original format is read with all its fields', { skip: skipWithoutRealData }, () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(mpd, [join(REAL_DATA, 'mpd-original')]);
    assert.deepEqual(report.rejections, []);
    assert.equal(report.taken.owners, 37);
    const duplicates = report.cleaning['duplicate entries in a playlist, left out'] ?? 0;
    assert.equal(report.taken.entries + duplicates, 2023);
    const { tracks: table, artists: people, albums, owners } = await library.dataset();
    assert.ok(table.durationMs.every((duration) => duration > 0));
    assert.ok(table.album.every((album) => album >= 0));
    assert.ok(owners.modifiedAt.every((time) => time > 1e9));
    assert.ok(owners.followers.every((followers) => followers >= 1));
    assert.ok(albums.artist.every((artist) => artist >= 0));
    for (let a = 0; a < people.count; a++) assert.match(people.vocabulary.id(a), /^spotify:artist:[0-9A-Za-z]{22}$/);
  }),
);

test('HetRec Last.fm is read from its folder', { skip: skipWithoutRealData }, () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(interactions, [join(REAL_DATA, 'lastfm-2k')]);
    assert.equal(report.library.owners, 1892);
    assert.equal(report.library.tracks, 17_632);
    assert.equal(report.library.entries, 92_834);
    assert.deepEqual(report.rejections, []);
    const dataset = await library.dataset();
    let named = 0;
    for (let t = 0; t < dataset.tracks.count; t++) if (!dataset.tracks.names.isEmpty(t)) named++;
    assert.equal(named, 17_632);
    assert.ok(dataset.byOwner.values!.every((plays) => plays >= 1));
  }),
);
