import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Value } from '#typebox/value';
import { reportFailure } from '../src/cli/failure.ts';
import type { Dataset } from '../src/dataset/dataset.ts';
import { SegueError } from '../src/errors.ts';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { audio } from '../src/models/audio.ts';
import { autoencoder } from '../src/models/autoencoder/autoencoder.ts';
import { balanced } from '../src/models/balanced.ts';
import { clusters } from '../src/models/clusters.ts';
import type { FittedClusters } from '../src/models/fitted-clusters.ts';
import { genreFirst } from '../src/models/genre-first.ts';
import type { Fitted, Model } from '../src/models/model.ts';
import { playlistNeighbours } from '../src/models/playlist-neighbours/playlist-neighbours.ts';
import { popularity } from '../src/models/popularity.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { joinedLists, measureTastes, mostMixed, type TasteFigures, tasteFigure } from './docs-content/mixed-taste.ts';
import { type ListFigures, measureRealLists } from './docs-content/real-lists.ts';
import { compareYears, type YearFigures } from './docs-content/years.ts';

/**
 * `npm run docs:content`: writes the figure of mixed taste and the measured parts of docs/models/content.md, each between its markers.
 * With --library DIR also those on real playlists; with --years FILE (data_by_year.csv) also the comparison by year.
 */
const DOCS = fileURLToPath(new URL('../docs/models/', import.meta.url));
const TRIOS = 100;
const HELD_OUT = 400;

const fit = (model: Model, dataset: Dataset, settings: Record<string, unknown> = {}): Promise<Fitted> =>
  model.fit(dataset, { ...(Value.Default(model.config, {}) as object), ...settings }, { rng: new Rng(1) });

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const share = (part: number): string => part.toFixed(3).replace(/^0/, '');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, c) => (c === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const tastesTable = (figures: readonly TasteFigures[]): string =>
  table(
    ['model', 'places in another cluster than the seeds ask for', 'styles covered'],
    figures.map(({ model, misplaced, covered }) => [model, percent(misplaced), percent(covered)]),
  );

async function demoTastes(): Promise<string> {
  const dataset = demoDataset({ tracks: 20_000, playlists: 2000, seed: 11 });
  const divided = (await fit(clusters, dataset)) as FittedClusters;
  const oneMean = await fit(balanced, dataset);
  const owners = Int32Array.from({ length: 3 * TRIOS }, (_, owner) => owner);
  const tastes = joinedLists(dataset, owners, 25);
  await writeFile(`${DOCS}mixed-taste.svg`, tasteFigure(divided, oneMean, mostMixed(divided, tastes)));
  return tastesTable(measureTastes(divided, [divided, oneMean], tastes));
}

async function realLists(full: Dataset): Promise<{ lists: string; tastes: string }> {
  const owners = new Rng(5).shuffle(Int32Array.from({ length: full.owners.count }, (_, owner) => owner));
  const heldOut = owners.slice(0, HELD_OUT);
  const train = full.withOwners(owners.slice(HELD_OUT));
  const labelled: [string, Fitted][] = [];
  for (const model of [popularity, audio, genreFirst, balanced, clusters, autoencoder, playlistNeighbours]) {
    process.stderr.write(`training ${model.id}\n`);
    labelled.push([model.id, await fit(model, train)]);
  }
  for (const caution of [0, 1])
    labelled.push([`balanced, caution ${caution}`, await fit(balanced, train, { caution })]);
  process.stderr.write('asking\n');
  const all = measureRealLists(full, train, heldOut, labelled, false);
  const sound = measureRealLists(full, train, heldOut, labelled, true);
  const figures = ({ rPrecision, ndcg, recall }: ListFigures): string[] => [rPrecision, ndcg, recall].map(share);
  const of = (id: string): Fitted => labelled.find(([label]) => label === id)![1];
  const long = heldOut.filter((owner) => full.tracksOf(owner).length >= 20);
  const tastes = joinedLists(full, long, 10);
  const divided = of('clusters') as FittedClusters;
  return {
    lists: `${table(
      ['model', 'R-prec', 'NDCG', 'recall@500', 'R-prec', 'NDCG', 'recall@500'],
      all.map((row, i) => [row.label, ...figures(row), ...figures(sound[i]!)]),
    )}\n\nLeft: all songs (${all[0]!.lists} playlists with 15 or more); right: only songs with audio features (${sound[0]!.lists} playlists).`,
    tastes: `${tastesTable(measureTastes(divided, [divided, of('balanced'), of('autoencoder')], tastes))}\n\n${tastes.length} trios of held-out playlists, the first ten songs of each.`,
  };
}

const yearsTable = (figures: readonly YearFigures[]): string =>
  `${table(
    ['feature', 'r over the years', 'mean here', 'mean there', 'widest gap'],
    figures.map(({ id, r, mean, published, gap }) => {
      const text = (value: number): string => value.toFixed(Math.abs(value) < 1 ? 3 : 2);
      return [id, r.toFixed(2), text(mean), text(published), `${gap.year}: ${text(gap.mean)}, ${text(gap.published)}`];
    }),
  )}\n\n${figures[0]?.years ?? 0} years with at least 100 songs.`;

/** The text with a new part between its markers. @throws SegueError FILE_UNREADABLE */
function insert(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new SegueError('FILE_UNREADABLE', {
      got: `content.md has no marks for ${name}`,
      expected: `${start} and ${end}`,
    });
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}

try {
  const { values } = parseArgs({ options: { library: { type: 'string' }, years: { type: 'string' } } });
  const parts: Record<string, string> = { 'mixed-taste': await demoTastes() };
  if (values.library !== undefined) {
    const dataset = await (await Library.open(values.library)).dataset();
    if (values.years !== undefined) parts.years = yearsTable(await compareYears(dataset, values.years));
    const { lists, tastes } = await realLists(dataset);
    parts['real-lists'] = lists;
    parts['real-tastes'] = tastes;
  }
  let text = await readFile(`${DOCS}content.md`, 'utf8');
  for (const [name, part] of Object.entries(parts)) text = insert(text, name, part);
  await writeFile(`${DOCS}content.md`, text);
  process.stdout.write(`${Object.keys(parts).join(', ')}\n`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
