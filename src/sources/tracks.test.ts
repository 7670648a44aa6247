import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { withTemporary } from '../../test/support/temporary.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Batch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { artists } from './artists.ts';
import type { Source } from './source.ts';
import { tracks } from './tracks.ts';

const ID = ['4GiXBCUF7H6YfNQsnBRIzl', '1zyqZONW985Cs4osz9wlsu', '6cHZf7RbxXCKwEkgAZT4mY'];
const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

async function read(source: Source, path: string, content: string | Buffer): Promise<Batch> {
  await writeFile(path, content);
  const all: Batch = { tracks: [], artists: [], owners: [], rejections: [] };
  for await (const batch of source.read(path)) {
    all.tracks.push(...batch.tracks);
    all.artists.push(...batch.artists);
    all.rejections.push(...batch.rejections);
  }
  return all;
}

function build(...batches: Batch[]): Dataset {
  const builder = new DatasetBuilder();
  for (const batch of batches) builder.add(batch);
  return builder.finish();
}

/** Only the fields that say something. */
const plain = (row: object): unknown =>
  JSON.parse(JSON.stringify(row, (_, value) => (Number.isNaN(value) ? 'NaN' : value)));

test('the 170k table: Python lists of artists, dates, no genres; genres come by artist name from its other file', () =>
  withTemporary(async (dir) => {
    const data = await read(
      tracks,
      join(dir, 'data.csv'),
      'valence,year,acousticness,artists,danceability,duration_ms,energy,explicit,id,instrumentalness,key,liveness,loudness,mode,name,popularity,release_date,speechiness,tempo\n' +
        `0.0594,1921,0.982,"['Sergei Example', ""James L'Example""]",0.279,831667,0.211,0,${ID[0]},0.878,10,0.665,-20.096,1,"Concerto, No. 3",4,1921-05-02,0.0366,0\n`,
    );
    assert.deepEqual(plain(data.tracks[0]!), {
      uri: `spotify:track:${ID[0]}`,
      name: 'Concerto, No. 3',
      artists: [{ name: 'Sergei Example' }, { name: "James L'Example" }],
      year: 1921,
      popularity: 4,
      explicit: false,
      durationMs: 831667,
      features: {
        danceability: 0.279,
        energy: 0.211,
        key: 10,
        loudness: -20.096,
        mode: 1,
        speechiness: 0.0366,
        acousticness: 0.982,
        instrumentalness: 0.878,
        liveness: 0.665,
        valence: 0.0594,
        tempo: 0,
      },
    });
    const genres = await read(
      tracks,
      join(dir, 'data_w_genres.csv'),
      'genres,artists,acousticness,danceability,duration_ms,energy,instrumentalness,liveness,loudness,speechiness,tempo,valence,popularity,key,mode,count\n' +
        "\"['classical', 'post-romantic era']\",Sergei Example,0.5,0.5,1,0.5,0,0.1,-10,0.1,100,0.5,38.3,5,1,9\n" +
        '"comedy rock, parody",Other,0.5,0.5,1,0.5,0,0.1,-10,0.1,100,0.5,38.3,5,1,9\n' +
        '[],Nobody,0.5,0.5,1,0.5,0,0.1,-10,0.1,100,0.5,38.3,5,1,9\n',
    );
    assert.deepEqual(genres.artists.map(plain), [
      { name: 'Sergei Example', genres: ['classical', 'post-romantic era'] },
      { name: 'Other', genres: ['comedy rock', 'parody'] },
      { name: 'Nobody' },
    ]);
    const dataset = build(data, genres);
    const main = dataset.mainArtist(0);
    assert.equal(dataset.artists.genres.ptr[main + 1]! - dataset.artists.genres.ptr[main]!, 2);
    assert.ok(Number.isNaN(dataset.feature(0, 10)), 'tempo 0 is missing');
  }));

test('the four files of the 2023 data set are joined by id', () =>
  withTemporary(async (dir) => {
    const features = await read(
      tracks,
      join(dir, 'spotify_features_data_2023.csv'),
      'danceability,energy,key,loudness,mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo,type,id,uri,track_href,analysis_url,duration_ms,time_signature\n' +
        `0.5,0.6,-1,-7,1,0.1,0.2,0,0.1,0.4,120,audio_features,${ID[0]},spotify:track:${ID[0]},h,a,200000,4\n`,
    );
    const facts = await read(
      tracks,
      join(dir, 'spotify_tracks_data_2023.csv'),
      `id,track_popularity,explicit\n${ID[0]},44,True\n`,
    );
    const albums = await read(
      tracks,
      join(dir, 'spotify-albums_data_2023.csv'),
      'track_name,track_id,track_number,duration_ms,album_type,artists,total_tracks,album_name,release_date,label,album_popularity,album_id,artist_id,artist_0,artist_1,duration_sec\n' +
        `Song,${ID[0]},1,200000,album,"[{'id': 'x'}]",10,The Album,2018-02-03 00:00:00 UTC,L,50,${ID[1]},${ID[2]},"One, Two & Three",Guest,200\n`,
    );
    const people = await read(
      tracks,
      join(dir, 'spotify_artist_data_2023.csv'),
      'id,name,artist_popularity,artist_genres,followers,genre_0,genre_1\n' +
        `${ID[2]},"One, Two & Three",61,"['pop', 'art pop']",1234,pop,art pop\n`,
    );
    const dataset = build(features, facts, albums, people);
    assert.equal(dataset.tracks.count, 1);
    assert.equal(dataset.tracks.popularity[0], 44);
    assert.equal(dataset.tracks.explicit[0], 1);
    assert.equal(dataset.tracks.year[0], 2018);
    assert.equal(dataset.albums.names.get(dataset.tracks.album[0]!), 'The Album');
    const main = dataset.mainArtist(0);
    assert.equal(dataset.artists.vocabulary.id(main), `spotify:artist:${ID[2]}`);
    assert.deepEqual(
      [dataset.artists.names.get(main), dataset.artists.popularity[main], dataset.artists.followers[main]],
      ['One, Two & Three', 61, 1234],
    );
    assert.equal(dataset.tracks.artists.idx.length, 2);
    assert.equal(dataset.genres.size, 2);
    assert.ok(Number.isNaN(dataset.feature(0, 2)), 'key −1 is missing');
  }));

test('tables in the wild: columns in any order and spelling, other separators, BOM, packed, several id columns', () =>
  withTemporary(async (dir) => {
    const wild: [string, string | Buffer][] = [
      [
        'a.csv',
        `energy,track_artist,uri,track_album_release_date,playlist_genre,track_id,id,Time Signature\n0.5,"A, B",,2024-08-16,pop,${ID[0]},${ID[0]},4\n`,
      ],
      [
        'b.csv',
        `\ufeffTrack URI;Energy;Artist Name(s);Album Release Date\r\nspotify:track:${ID[0]};0,5;A\\, B;2024\r\n`,
      ],
      ['c.tsv', `song_id\tenergy\tartist\tyear\n${ID[0]}\t0.5\tA\t2024\n`],
      ['d.csv.gz', gzipSync(`Spotify ID,energy,Release Year\n${ID[0]},.5,2024\n`)],
      ['e.csv', Buffer.from(`id,energy,artist_name,year\n${ID[0]},0.5,Bj\xf6rk,2024\n`, 'latin1')],
      ['f.csv', Buffer.from(`\ufeffid,energy,year\n${ID[0]},0.5,2024\n`, 'utf16le')],
    ];
    for (const [name, content] of wild) {
      const { tracks: rows, rejections } = await read(tracks, join(dir, name), content);
      assert.deepEqual(rejections, [], name);
      assert.equal(rows[0]!.uri, `spotify:track:${ID[0]}`, name);
      assert.equal(rows[0]!.features!.energy, 0.5, name);
      assert.equal(rows[0]!.year, 2024, name);
      if (name === 'a.csv')
        assert.deepEqual(
          rows[0]!.artists!.map((artist) => artist.name),
          ['A', 'B'],
        );
      if (name === 'a.csv') assert.equal(rows[0]!.genres, undefined, 'a playlist_genre is not the genre of the track');
      if (name === 'b.csv')
        assert.deepEqual(
          rows[0]!.artists!.map((artist) => artist.name),
          ['A, B'],
        );
      if (name === 'e.csv') assert.equal(rows[0]!.artists![0]!.name, 'Björk');
    }
  }));

test('a row for each genre of a track is one track with all of them', () =>
  withTemporary(async (dir) => {
    const batch = await read(
      tracks,
      join(dir, 'a.csv'),
      `track_id,energy,track_genre\n${ID[0]},0.5,pop\n${ID[0]},0.5,rock\n`,
    );
    const dataset = build(batch);
    assert.equal(dataset.tracks.count, 1);
    assert.equal(dataset.genres.size, 2);
    assert.deepEqual([...dataset.tracks.genres.ptr], [0, 2]);
  }));

test('bad rows are rejected by cause with their line, and do not fail the import', () =>
  withTemporary(async (dir) => {
    const { tracks: rows, rejections } = await read(
      tracks,
      join(dir, 'a.csv'),
      'track_id,energy,tempo\n' +
        `${ID[0]},0.5,120\n` +
        ',0.5,120\n' +
        `${ID[1]},0.5\n` +
        'NaN,0.5,1\n' +
        'spotify:episode:x,0.5,1\n' +
        `${ID[1]},0.5,120,extra\n` +
        `${ID[1]},nonsense,120,,\n` +
        `${ID[2]},"0.5,12`.replace('"', ''),
    );
    assert.equal(rows.length, 2 + 1);
    assert.ok(Number.isNaN(rows[1]!.features!.energy!));
    assert.deepEqual(rejections, [
      { cause: 'row without a track id', count: 2, firstAt: 'a.csv:3' },
      { cause: 'row with too few cells', count: 1, firstAt: 'a.csv:4' },
      { cause: 'row for something other than a track', count: 1, firstAt: 'a.csv:6' },
      { cause: 'row with too many cells', count: 1, firstAt: 'a.csv:7' },
    ]);
  }));

test('wrong columns, truncated, empty and binary files are refused', () =>
  withTemporary(async (dir) => {
    const refused = async (source: Source, name: string, content: string | Buffer, code: string): Promise<void> => {
      await assert.rejects(read(source, join(dir, name), content), failsAs(code), name);
    };
    await refused(tracks, 'wrong.csv', 'year,energy\n1999,0.4\n', 'COLUMNS_MISSING');
    await refused(tracks, 'only-id.csv', 'id\n1\n', 'COLUMNS_MISSING');
    await refused(artists, 'tracks.csv', `track_id,energy\n${ID[0]},0.4\n`, 'COLUMNS_MISSING');
    await refused(tracks, 'empty.csv', '', 'FILE_UNREADABLE');
    await refused(tracks, 'blank.csv', '\n\n', 'FILE_UNREADABLE');
    await refused(tracks, 'binary.csv', Buffer.from([0x50, 0, 1, 2, 3, 0, 255, 0]), 'FILE_UNREADABLE');
    await refused(tracks, 'quote.csv', `track_id,track_name,energy\n${ID[0]},"cut in the mid`, 'FILE_UNREADABLE');
    const packed = gzipSync(`track_id,energy\n${`${ID[0]},0.5\n`.repeat(5000)}`);
    await refused(tracks, 'cut.csv.gz', packed.subarray(0, packed.length - 20), 'FILE_UNREADABLE');
  }));

test('tables of artists: URI, genres as a list, followers, popularity', () =>
  withTemporary(async (dir) => {
    const { artists: rows, rejections } = await read(
      artists,
      join(dir, 'artists.csv'),
      'uri,followers,genres,name,popularity\n' +
        `spotify:artist:${ID[0]},18803942,"['dfw rap', 'pop']",Post Example,100\n` +
        `spotify:artist:${ID[1]},705,[],"d-one, two",0\n` +
        `spotify:artist:${ID[2]},705,[],,0\n`,
    );
    assert.deepEqual(rows.map(plain), [
      {
        uri: `spotify:artist:${ID[0]}`,
        name: 'Post Example',
        genres: ['dfw rap', 'pop'],
        popularity: 100,
        followers: 18803942,
      },
      { uri: `spotify:artist:${ID[1]}`, name: 'd-one, two', popularity: 0, followers: 705 },
    ]);
    assert.deepEqual(rejections, [{ cause: 'row without an artist name', count: 1, firstAt: 'artists.csv:4' }]);
  }));

test('a row with more artists or genres than any song has, or with a cell that is no cell, is rejected and counted', () =>
  withTemporary(async (dir) => {
    const many = (count: number): string => `"${Array.from({ length: count }, (_, i) => `n${i}`)}"`;
    const rows = [`${many(1000)},pop`, `${many(1001)},pop`, `One,${many(1001)}`, `"a${' '.repeat(1 << 16)}b",pop`];
    const { tracks: kept, rejections } = await read(
      tracks,
      join(dir, 'tracks.csv'),
      `uri,name,artists,track_genre\n${rows.map((row, i) => `x:${i},Song,${row}\n`).join('')}`,
    );
    assert.deepEqual(
      kept.map(({ uri }) => uri),
      ['x:0'],
    );
    assert.deepEqual(rejections, [
      { cause: 'row with more than 1000 artists or genres', count: 2, firstAt: 'tracks.csv:3' },
      { cause: 'row with a cell of more than 64 kB', count: 1, firstAt: 'tracks.csv:5' },
    ]);
    const singers = await read(artists, join(dir, 'artists.csv'), `name,genres\nOne,${many(1001)}\n`);
    assert.deepEqual([singers.artists.length, singers.rejections[0]?.count], [0, 1]);
  }));

test('a table of few rows with many names comes in batches of bounded size, and stops between rows', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'artists.csv');
    const genres = Array.from({ length: 1000 }, (_, i) => `g${i}`);
    await writeFile(path, `name,genres\n${Array.from({ length: 1001 }, (_, i) => `A${i},"${genres}"\n`).join('')}`);
    const sizes: number[] = [];
    let [size, parts] = [0, 0];
    for await (const batch of artists.read(path)) {
      size += batch.artists.length;
      parts++;
      if (batch.goesOn) continue;
      sizes.push(size);
      size = 0;
    }
    assert.deepEqual(sizes, [1000, 1]);
    assert.ok(parts > 50, `${parts}`);
    const cancelled = artists.read(path, { signal: AbortSignal.abort() });
    await assert.rejects(cancelled[Symbol.asyncIterator]().next(), failsAs('CANCELLED'));
  }));
