import { Rejections } from '../dataset/rejections.ts';
import { type Batch, emptyBatch } from '../dataset/rows.ts';
import { throwIfCancelled } from '../errors.ts';
import { inputName, listInputs, unreadable } from './input.ts';
import {
  areLists,
  findLayout,
  INTERACTION_OPTIONS,
  type InteractionLayout,
  type NamesLayout,
  type Options,
} from './interaction-layout.ts';
import { InteractionLists } from './interaction-lists.ts';
import { InteractionRows } from './interaction-rows.ts';
import { InteractionTable } from './interaction-table.ts';
import { ItemNames } from './item-names.ts';
import { arePlain } from './plain-lines.ts';
import type { ReadOptions, Source } from './source.ts';
import { readRows, readTableParts, type TableFormat } from './table.ts';
import { streamLines } from './text.ts';

/** Number of rows from which the layout is recognised. */
const PROBE = 100;
/** Columns between single spaces. */
const SPACED: TableFormat = { separator: ' ', quoted: false };
/** Names of one batch. */
const NAMES_AT_ONCE = 100_000;

/**
 * Who listened to what: tables `user, item[, weight or rating][, time]`, lines of a user and its items, HetRec Last.fm
 * (`user_artists.dat` with `artists.dat`: its items are artists, kept as tracks `lastfm:artist:<id>`), the Taste Profile.
 */
export const interactions: Source = {
  id: 'interactions',
  title: 'Tables of interactions',
  licence: "The table's own terms",
  citation: '',
  expects: 'CSV, TSV, Parquet or lists of users and items, e.g. user_artists.dat with artists.dat, train_triplets.txt',
  options: INTERACTION_OPTIONS,
  files: (paths) => listInputs(paths, /\.(csv|tsv|dat|txt|inter)(\.gz)?$|\.parquet$/i, interactions.expects),
  async *read(file, { options = {}, signal }: ReadOptions = {}) {
    if (!/\.parquet$/i.test(file) && areLists(await firstLines(file), options)) yield* readLists(file, options, signal);
    else yield* readTable(file, options, signal);
  },
};

async function firstLines(file: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of streamLines(file)) {
    if (text.trim() !== '') lines.push(text);
    if (lines.length === PROBE) break;
  }
  if (lines.length === 0) throw unreadable(file, 'is empty', 'a table or lists of interactions');
  return lines;
}

async function* readLists(file: string, options: Options, signal: AbortSignal | undefined): AsyncGenerator<Batch> {
  const name = inputName(file);
  const rejections = new Rejections();
  const table = new InteractionTable({ weights: false, times: false, rating: false }, file);
  const lists = new InteractionLists(table, rejections, name);
  for await (const part of readTableParts(file, SPACED, () => 'unquoted')) {
    throwIfCancelled(signal, 'The import');
    if (arePlain(part)) lists.addLines(part);
    else for (const { cells, line } of part) lists.add(cells.join(' '), line);
    table.check();
  }
  const namespace = options.namespace ?? 'interactions';
  yield* table.batches(namespace, namespace);
  yield { ...emptyBatch(), rejections: rejections.take() };
}

async function* readTable(file: string, options: Options, signal: AbortSignal | undefined): AsyncGenerator<Batch> {
  const format = await formatOf(file, options);
  const probe: (readonly string[])[] = [];
  for await (const { cells } of readRows(file, format)) if (probe.push(cells) === PROBE) break;
  if (probe.length === 0) throw unreadable(file, 'is empty', 'a table of interactions');
  const layout = findLayout(file, probe, options);
  if (layout.kind === 'names') yield* readNames(file, layout, format, signal);
  else if (layout.kind === 'table') yield* readInteractions(file, layout, format, signal);
}

async function formatOf(file: string, options: Options): Promise<TableFormat> {
  const { separator } = options;
  if (separator !== undefined)
    return { separator: separator === 'tab' ? '\t' : separator === 'space' ? ' ' : separator };
  if (/\.parquet$/i.test(file)) return {};
  const lines = await firstLines(file);
  // Files that have no other separator.
  return lines.some((line) => /[,\t;|]/.test(line)) ? {} : SPACED;
}

async function* readInteractions(
  file: string,
  layout: InteractionLayout,
  format: TableFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const name = inputName(file);
  const rejections = new Rejections();
  const kind = { weights: layout.weight >= 0, times: layout.time >= 0, rating: layout.rating };
  const table = new InteractionTable(kind, file);
  const rows = new InteractionRows(table, layout, rejections, name);
  let first = layout.header;
  for await (const part of readTableParts(file, format, () => (first ? 'none' : 'unquoted'))) {
    throwIfCancelled(signal, 'The import');
    if (arePlain(part)) rows.addLines(part);
    else
      for (const row of part) {
        if (first) first = false;
        else rows.add(row);
      }
    table.check();
  }
  yield* table.batches(layout.owners, layout.items);
  yield { ...emptyBatch(), rejections: rejections.take() };
}

async function* readNames(
  file: string,
  layout: NamesLayout,
  format: TableFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const rejections = new Rejections();
  const names = new ItemNames(layout, rejections, inputName(file));
  let first = true;
  let open = 0;
  for await (const part of readTableParts(file, format, () => (first ? 'none' : 'unquoted'))) {
    throwIfCancelled(signal, 'The import');
    if (arePlain(part)) names.addLines(part);
    else
      for (const row of part) {
        if (first) first = false;
        else names.add(row);
      }
    const columns = names.take();
    open += columns.uri.length;
    const goesOn = open < NAMES_AT_ONCE;
    if (!goesOn) open = 0;
    yield { ...emptyBatch(), columns, goesOn };
  }
  yield { ...emptyBatch(), rejections: rejections.take() };
}
