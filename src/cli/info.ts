import type { Command } from 'commander';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import type { LibraryInfo, SavedModel } from '../library/library-types.ts';
import { decodeArtifact } from '../models/artifact.ts';
import { loadModel } from '../models/grown-catalogue.ts';
import { MODELS } from '../models/registry.ts';
import { openLibrary } from './context.ts';
import { cleaningLines, countLines, number, rejectionLines } from './import-text.ts';
import { printable } from './table.ts';

/** A saved model as `info` shows it: usable, or why not. */
interface ModelInfo extends SavedModel {
  title: string;
  usable: boolean;
  problem?: string;
  config?: Record<string, unknown>;
  /** The model's own figures: quality, sizes, curves. */
  info?: Record<string, unknown>;
}

export function register(program: Command): void {
  program
    .command('info')
    .summary('show the contents, origin and models of the library')
    .description(
      'Shows what the library holds, its sources and licences, rejected and cleaned rows with causes, models, and waiting tracks.',
    )
    .option('--json', 'print JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      const library = await openLibrary(command);
      const info = await library.info();
      const dataset = info.datasetId === null ? null : await library.dataset();
      const models: ModelInfo[] = [];
      // The taste map is stored among the models but is not one.
      for (const saved of info.models) if (saved.id !== 'map') models.push(await modelInfo(library, saved, dataset));
      const all = { ...info, models };
      process.stdout.write(flags.json ? `${JSON.stringify(all, null, 2)}\n` : `${infoText(info, models)}\n`);
    });
}

async function modelInfo(library: Library, saved: SavedModel, dataset: Dataset | null): Promise<ModelInfo> {
  const model = MODELS.find(({ id }) => id === saved.id);
  if (!model) return { ...saved, title: saved.id, usable: false, problem: 'this version of Segue has no such model' };
  try {
    const artifact = decodeArtifact((await library.loadModel(saved.id)) ?? new Uint8Array(), `${saved.id}.model`);
    const known = { ...saved, title: model.title, config: artifact.config };
    if (!dataset) return { ...known, usable: false, problem: 'the library holds no data' };
    return { ...known, usable: true, info: loadModel(model, artifact, dataset).info?.() };
  } catch (error) {
    if (error instanceof SegueError) return { ...saved, title: model.title, usable: false, problem: error.message };
    throw error;
  }
}

function infoText(info: LibraryInfo, models: readonly ModelInfo[]): string {
  const lines = [`Library ${info.dir}`];
  if (info.datasetId === null) lines.push('', 'It is empty. Import data, e.g. `segue import demo`.');
  else {
    lines.push('', ...countLines(info.counts));
    for (const { source, licence, citation, files, taken, rejections } of info.provenance) {
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      lines.push(
        '',
        `From ${source}: ${number(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${(bytes / 1e6).toFixed(1)} MB`,
      );
      if (licence) lines.push(`  Licence: ${printable(licence)}`);
      if (citation) lines.push(`  Citation: ${printable(citation)}`);
      lines.push(`  Files: ${fileNames(files.map((file) => file.name))}`);
      const parts = Object.entries(taken).filter(([, count]) => count > 0);
      lines.push(`  Rows imported: ${parts.map(([what, count]) => `${number(count)} ${what}`).join(', ') || 'none'}`);
      lines.push(
        ...rejectionLines(rejections)
          .slice(1)
          .map((line) => `  ${line}`),
      );
    }
    lines.push(...cleaningLines(info.cleaning));
  }
  lines.push('', ...modelLines(models));
  lines.push('', `Waiting tracks (requested, not in the catalogue): ${number(info.waiting)}`);
  if (info.unfinished > 0)
    lines.push(
      `${number(info.unfinished)} files are left from an interrupted import: run the same import again to finish it.`,
    );
  return lines.join('\n');
}

const fileNames = (names: readonly string[]): string =>
  printable(names.length <= 6 ? names.join(', ') : `${names.slice(0, 3).join(', ')}, … ${names.at(-1)}`);

function modelLines(models: readonly ModelInfo[]): string[] {
  if (models.length === 0) return ['Models: none trained yet. Run `segue train`.'];
  const lines = ['Models:'];
  for (const { id, title, bytes, savedAt, usable, problem, config, info } of models) {
    const when = new Date(savedAt).toISOString().slice(0, 16).replace('T', ' ');
    lines.push(`  ${id} (${title}): ${(bytes / 1e6).toFixed(1)} MB, saved ${when} UTC${usable ? '' : ', not usable'}`);
    if (problem) lines.push(`    ${printable(problem)}`);
    if (config && Object.keys(config).length > 0) lines.push(`    settings: ${inWords(config)}`);
    const { newerTracks, newerShare, ...rest } = info ?? {};
    if (typeof newerTracks === 'number' && typeof newerShare === 'number')
      lines.push(
        `    newer than the model: ${number(newerTracks)} tracks (${Number((100 * newerShare).toPrecision(2))}%)`,
      );
    for (const [name, value] of Object.entries(rest)) {
      const words = inWords(value);
      if (words !== '') lines.push(`    ${name}: ${words}`);
    }
  }
  return lines;
}

/** A model's figure in at most a line: a list of objects as its length, numbers to four digits; `--json` prints everything. */
export function inWords(value: unknown): string {
  const text = printable(phrase(value));
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function phrase(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? number(value) : String(Number(value.toPrecision(4)));
  if (Array.isArray(value))
    return value.some((one) => typeof one === 'object' && one !== null)
      ? number(value.length)
      : value.map(phrase).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `${name} ${typeof one === 'object' && one !== null ? `(${phrase(one)})` : phrase(one)}`)
      .join(', ');
  return String(value);
}
