import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { withFiles } from '../../../test/support/demo-files.ts';
import type { StandardRows } from '../../features/standard-rows.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { type ModelQuery, modelQuery } from '../model.ts';
import { titleTerms } from '../title/title-terms.ts';
import { fitBaseModels } from './base-models.ts';
import { UNBOUNDED } from './bounds.ts';
import { hybridCatalogue } from './catalogue.ts';
import { ABOVE, BY_ARTIST, COLUMNS, type Column } from './columns.ts';
import { Features } from './features.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, type Retriever } from './retrievers.ts';

const dataset = withFiles(demoDataset({ tracks: 500, playlists: 250, seed: 4 }), 5);
const catalogue = hybridCatalogue(dataset);
const { artistOf, works, genres } = catalogue;
const tracks = Array.from({ length: dataset.tracks.count }, (_, t) => t);
const ownersOf = (track: number): number[] => [
  ...dataset.byTrack.idx.subarray(dataset.byTrack.ptr[track]!, dataset.byTrack.ptr[track + 1]!),
];
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const largestOf = (values: readonly number[]): number => Math.max(0, ...values);
const ownersWhere = (belongs: (track: number) => boolean): number =>
  sumOf(tracks.filter(belongs).map((t) => dataset.ownersOf(t)));

/** Cosine of a track's row and the mean direction of the seeds' rows; NaN where there is none. */
function cosineOf({ rows, rowOf, width }: StandardRows, seeds: readonly number[], track: number): number {
  const unit = (t: number): number[] => {
    const row = [...rows.subarray(rowOf[t]! * width, (rowOf[t]! + 1) * width)];
    return row.map((value) => value / Math.hypot(...row));
  };
  const known = seeds.filter((seed) => rowOf[seed]! >= 0).map(unit);
  if (known.length === 0 || rowOf[track]! < 0) return Number.NaN;
  const mean = known[0]!.map((_, a) => sumOf(known.map((row) => row[a]!)));
  return sumOf(unit(track).map((value, a) => value * mean[a]!)) / Math.hypot(...mean);
}

/** Each feature of candidate i by its name, from the definitions, one track and one owner at a time. */
function described(features: Features, query: ModelQuery, i: number): Record<Column, number> {
  const { retrieved, candidates } = features;
  const candidateTracks = [...candidates.tracks.subarray(0, candidates.count)];
  const track = candidateTracks[i]!;
  const artist = artistOf[track]!;
  const scoreOf = (t: number, retriever: Retriever): number => retrieved.scoreOf(t, retriever);
  const rankOf = (at: number, retriever: Retriever): number => candidates.ranks[RETRIEVERS.indexOf(retriever)]![at]!;
  const largestScore = (retriever: Retriever): number => candidates.largest[RETRIEVERS.indexOf(retriever)]!;
  const out: Partial<Record<Column, number>> = {};

  for (const retriever of RETRIEVERS) {
    const found = largestScore(retriever) > 0;
    out[`${retriever} score`] = found ? scoreOf(track, retriever) / largestScore(retriever) : Number.NaN;
    const rank = rankOf(i, retriever);
    out[`${retriever} rank`] = found ? (rank === 65_535 ? 11 : Math.log2(1 + rank)) : Number.NaN;
  }
  for (const retriever of BY_ARTIST) {
    const sums = new Map<number, number>();
    for (const t of tracks.filter((held) => dataset.ownersOf(held) > 0))
      sums.set(artistOf[t]!, (sums.get(artistOf[t]!) ?? 0) + scoreOf(t, retriever));
    sums.delete(-1);
    const largest = largestOf([...sums.values()]);
    out[`artist by ${retriever}`] = artist >= 0 && largest > 0 ? (sums.get(artist) ?? 0) / largest : Number.NaN;
  }
  for (const retriever of ABOVE) {
    const best = candidateTracks.map((t, at) => ({ t, rank: rankOf(at, retriever) })).filter(({ rank }) => rank < 100);
    const last = best.sort((a, b) => a.rank - b.rank).at(-1);
    out[`${retriever} above the 100th`] = last ? scoreOf(track, retriever) / scoreOf(last.t, retriever) : Number.NaN;
  }

  const liked = [...query.seeds].filter((_, s) => query.weights[s]! > 0);
  const n = liked.length;
  const blendedOf = (owner: number): number => {
    const voter = retrieved.voters.of(owner);
    return voter < 0 ? 0 : retrieved.voters.blended[voter]!;
  };
  const holders = ownersOf(track);
  const count = holders.length;
  const artistEntries = artist >= 0 ? ownersWhere((t) => artistOf[t] === artist) : 0;
  const meanPopularity = sumOf(liked.map((seed) => Math.log1p(dataset.ownersOf(seed)))) / n;
  const likedArtists = liked.map((seed) => artistOf[seed]!);
  const byArtist = likedArtists.filter((a) => a >= 0 && a === artist).length;
  out.popularity = count;
  out['artist popularity'] = artistEntries;
  out['share of artist'] = artistEntries > 0 ? count / artistEntries : 0;
  out['listed popularity of artist'] = artist >= 0 ? dataset.artists.popularity[artist]! : -1;
  out.seeds = n;
  out.ordered = query.ordered ? 1 : 0;
  out['title given'] = query.title === '' ? 0 : 1;
  out['artists per seed'] = new Set(likedArtists.filter((a) => a >= 0)).size / n;
  out['popularity of seeds'] = meanPopularity;
  out['popularity above seeds'] = Math.log(1 + count) - meanPopularity;
  out['share of seeds by artist'] = n > 0 ? byArtist / n : Number.NaN;
  out['seeds by artist'] = byArtist;
  out['song is a seed'] = liked.some((seed) => dataset.tracks.song[seed] === dataset.tracks.song[track]) ? 1 : 0;
  out['artist of last seeds'] = likedArtists.slice(-3).includes(artist) ? 1 : 0;

  const overlapOf = (owner: number): number => liked.filter((seed) => ownersOf(seed).includes(owner)).length;
  const everyone = Array.from({ length: dataset.owners.count }, (_, owner) => owner);
  const similarity = (owner: number): number => (overlapOf(owner) > 0 ? retrieved.similarityOf(owner) : 0);
  const bestSimilarity = largestOf(everyone.map(similarity));
  const overlaps = holders.map(overlapOf);
  const ifSeeds = (value: number): number => (n > 0 ? value : Number.NaN);
  const ifTitle = (value: number): number => (query.title === '' ? Number.NaN : value);
  const titles = holders.map((owner) => retrieved.titleSimilarityOf(owner));
  const blends = holders.map((owner) => blendedOf(owner));
  const links = liked.flatMap((seed) => {
    const common = ownersOf(seed).filter((owner) => holders.includes(owner)).length;
    return common > 0 ? [common / (Math.sqrt(count * dataset.ownersOf(seed)) + 1)] : [];
  });
  out['largest overlap'] = ifSeeds(largestOf(overlaps) / n);
  out['mean overlap'] = ifSeeds(sumOf(overlaps) / count / n);
  out['share of owners with overlap'] = ifSeeds(overlaps.filter((o) => o > 0).length / count);
  out['mean similarity of owners'] = ifSeeds(sumOf(holders.map(similarity)) / (count + 2) / (bestSimilarity || 1));
  out['largest similarity of owners'] = ifSeeds(largestOf(holders.map(similarity)) / (bestSimilarity || 1));
  out['mean title similarity of owners'] = ifTitle(sumOf(titles) / (count + 2));
  out['largest title similarity of owners'] = ifTitle(largestOf(titles));
  out['mean blend of owners'] = sumOf(blends) / (count + 2);
  out['largest blend of owners'] = largestOf(blends);
  const last = liked.at(-1);
  const withLast = last === undefined ? [] : holders.filter((owner) => ownersOf(last).includes(owner));
  out['share of owners with last seed'] = ifSeeds(withLast.length / count);
  out['share of seeds linked'] = ifSeeds(links.length / n);
  out['strongest link'] = ifSeeds(largestOf(links));
  out['mean link'] = ifSeeds(sumOf(links) / n);

  const titleKey = query.title === '' ? '' : titleTerms(query.title).key;
  const keyOf = (name: string): string => titleTerms(name).key;
  const artistKey = artist >= 0 ? keyOf(dataset.artists.names.get(artist)) : '';
  const profileOf = (ofArtists: readonly number[]): Map<number, number> => {
    const profile = new Map<number, number>();
    for (const a of ofArtists)
      for (let e = genres.ptr[a]!; e < genres.ptr[a + 1]!; e++)
        profile.set(genres.idx[e]!, (profile.get(genres.idx[e]!) ?? 0) + genres.values![e]!);
    return profile;
  };
  const own = profileOf(artist >= 0 ? [artist] : []);
  const wanted = profileOf(likedArtists.filter((a) => a >= 0));
  const dot = sumOf([...own].map(([genre, weight]) => weight * (wanted.get(genre) ?? 0)));
  const norm = (profile: Map<number, number>): number => Math.sqrt(sumOf([...profile.values()].map((w) => w * w)));
  out['artist in title'] = ifTitle(artistKey.length >= 4 && titleKey.includes(artistKey) ? 1 : 0);
  out['title names artist'] = ifTitle(retrieved.named.artists.get(artist) ?? 0);
  out['title names genre'] = ifTitle(largestOf([...own.keys()].map((g) => retrieved.named.genres.get(g) ?? 0)));
  const inName = (name: string): number => (titleKey.length >= 4 && name.includes(titleKey) ? 1 : 0);
  out['title in name'] = ifTitle(inName(keyOf(dataset.tracks.names.get(track))));
  out['title in artist'] = ifTitle(inName(artistKey));
  out['genre cosine'] = dot / norm(own) / norm(wanted);
  out['best title similarity'] = ifTitle(largestOf(everyone.map((owner) => retrieved.titleSimilarityOf(owner))));
  out['equal titles'] = ifTitle(everyone.filter((owner) => retrieved.titleSimilarityOf(owner) > 0.999).length);
  out['best similarity'] = ifSeeds(bestSimilarity);
  out['owners with two seeds'] = ifSeeds(everyone.filter((owner) => overlapOf(owner) > 1).length);
  const blend = (t: number): number => scoreOf(t, 'blend');
  const ahead = candidateTracks.filter((t) => blend(t) > blend(track) || (blend(t) === blend(track) && t < track));
  out['rank in artist'] = ahead.filter((t) => artistOf[t] === artist).length;
  out['best blend'] = largestScore('blend');
  const { song } = dataset.tracks;
  out['share of song'] =
    count /
    Math.max(
      1,
      ownersWhere((t) => song[t] === song[track]),
    );
  out['work popularity'] = ownersWhere((t) => works.of[t] === works.of[track]);
  out['share of work'] = count / Math.max(1, out['work popularity']);
  out['listed popularity'] = dataset.tracks.popularity[track]!;
  const expects = largestScore('alsTitle') > 0 ? 'alsTitle' : 'als';
  const ofSong = retrieved.baseScores!.cold!.ownScore(track);
  out['content fit'] =
    count > 0 ? Number.NaN : (scoreOf(track, expects) + ofSong) / (largestScore(expects) || Number.NaN);
  const coldTracks = tracks.filter((t) => artistOf[t] === artist && dataset.ownersOf(t) === 0);
  out['cold songs of artist'] = count > 0 ? Number.NaN : coldTracks.length;
  out['sound cosine'] = cosineOf(catalogue.measured!, liked, track);
  out['embedding cosine'] = cosineOf(catalogue.heard!, liked, track);
  return out as Record<Column, number>;
}

describe('the features of a candidate', () => {
  const seeds = dataset.tracksOf(3).slice(0, 9);
  const artist = dataset.artists.names.get(artistOf[seeds[0]!]!);
  const genre = dataset.genres.id(genres.idx[genres.ptr[artistOf[seeds[0]!]!]!]!);
  const queries = [
    modelQuery({
      seeds,
      title: dataset.owners.titles.get(3),
      weights: Array.from(seeds, (_, i) => (i === 1 ? -1 : 1)),
    }),
    modelQuery({ seeds: dataset.tracksOf(11).slice(0, 3), ordered: false }),
    modelQuery({ title: `${artist} ${genre}` }),
    modelQuery({ seeds: dataset.tracksOf(40).slice(0, 4) }),
    modelQuery({ title: artist }),
    modelQuery({ seeds: dataset.tracksOf(20).slice(0, 2), title: dataset.tracks.names.get(dataset.tracksOf(20)[3]!) }),
    modelQuery({ title: dataset.owners.titles.get(30) }),
  ];
  const seen: number[][] = [];
  let features: Features;
  before(async () => {
    const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, catalogue);
    features = new Features(new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED));
  });

  test('each column holds what its name says, computed anew from the definitions', () => {
    for (const [q, query] of queries.entries()) {
      const count = features.build(query, new Set(query.seeds));
      assert.ok(count > 100, `query ${q}: ${count} candidates`);
      for (let i = 0; i < count; i++) {
        if (i % 5 > 0 && dataset.ownersOf(features.candidates.tracks[i]!) > 0) continue;
        const row = [...features.rows.subarray(i * COLUMNS.length, (i + 1) * COLUMNS.length)];
        const expected = described(features, query, i);
        for (const [c, name] of COLUMNS.entries()) {
          const close = Math.abs(row[c]! - expected[name]) <= 1e-4 * Math.max(1, Math.abs(expected[name]));
          assert.ok(
            close || (Number.isNaN(row[c]) && Number.isNaN(expected[name])),
            `query ${q}, candidate ${i}, "${name}": ${row[c]} instead of ${expected[name]}`,
          );
        }
        seen.push(row);
      }
    }
  });

  test('a candidate has the same row whichever others are described, in the order asked for', () => {
    for (const query of queries) {
      const count = features.build(query, new Set(query.seeds));
      const all = features.rows.slice(0, count * COLUMNS.length);
      const row = (rows: Float32Array, k: number) => [...rows.subarray(k * COLUMNS.length, (k + 1) * COLUMNS.length)];
      const places = Int32Array.of(count - 1, 0, 7, count >> 1, 8);
      assert.equal(features.retrieve(query, new Set(query.seeds)), count);
      features.describe(places);
      for (const [k, place] of places.entries()) assert.deepEqual(row(features.rows, k), row(all, place));
    }
  });

  test('the queries tell all columns apart, so that two that are swapped are found', () => {
    const columns = COLUMNS.map((_, c) => seen.map((row) => row[c]!.toFixed(4)).join(' '));
    const twins = COLUMNS.flatMap((name, c) =>
      COLUMNS.slice(c + 1)
        .filter((_, d) => columns[c] === columns[c + 1 + d])
        .map((other) => `${name} = ${other}`),
    );
    assert.deepEqual(twins, []);
  });
});
