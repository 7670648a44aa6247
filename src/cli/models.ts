import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { MODELS } from '../models/registry.ts';
import { Engine } from '../recommend/engine.ts';
import { rollBackModel } from '../recommend/roll-back.ts';
import { openLibrary } from './context.ts';
import { printable, table } from './table.ts';

interface Setting {
  type?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  description?: string;
}

export function register(program: Command): void {
  const models = program
    .command('models')
    .summary('list models, or show the settings of one')
    .description('Lists the models with what they do and whether they are trained, or shows the settings of one.')
    .argument('[model]', 'the model whose settings to show')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, flags: { json?: boolean }, command: Command) => {
      if (id !== undefined && !flags.json) return showModel(id);
      const trained = await trainedModels(command);
      if (flags.json) {
        const list = MODELS.filter((m) => id === undefined || m.id === id);
        const models = list.map(({ id, title, description, family, source, byDefault, config, queryOptions }) => ({
          ...{ id, title, description, family, source, byDefault, trained: trained.get(id) ?? 'no', config },
          queryOptions: queryOptions ?? null,
        }));
        process.stdout.write(`${JSON.stringify({ models }, null, 2)}\n`);
        return;
      }
      const rows = MODELS.map((m) => [
        m.id,
        m.family,
        m.byDefault ? 'yes' : 'no',
        trained.get(m.id) ?? 'no',
        m.description,
      ]);
      const width = Math.max(40, (process.stdout.columns ?? 140) - 60);
      process.stdout.write(
        `${table(['model', 'family', 'default', 'trained', 'what it does'], rows, { widths: [24, 14, 7, 10, width] })}\n`,
      );
    });
  models
    .command('rollback')
    .summary('go back to the version before the last training')
    .description('Running servers take it up without a restart. A second rollback brings the newer version back.')
    .argument('<model>', 'its id')
    .action(async (id: string, _flags: object, command: Command) => {
      await rollBackModel(await openLibrary(command), id);
      process.stdout.write(`${id} is back to the version before its last training.\n`);
    });
}

/** The training state of each model; empty, with a note, where there is no data. */
async function trainedModels(command: Command): Promise<Map<string, string>> {
  try {
    const library = await openLibrary(command);
    const engine = await Engine.open(library);
    const { models } = await engine.queries.models();
    const state = (m: (typeof models)[number]): string =>
      m.trained ? 'yes' : m.unusable ? 'cannot' : m.outdated ? 'outdated' : 'no';
    return new Map(models.map((m) => [m.id, state(m)]));
  } catch (error) {
    if (!(error instanceof SegueError && error.code === 'LIBRARY_EMPTY')) throw error;
    process.stderr.write(`${printable(error.message)}\n`);
    return new Map();
  }
}

function showModel(id: string): void {
  const model = MODELS.find((m) => m.id === id);
  if (!model)
    throw new SegueError('UNKNOWN_MODEL', {
      got: `There is no model "${id}"`,
      expected: `one of ${MODELS.map((m) => m.id).join(', ')}`,
    });
  const rows = (properties: Record<string, unknown>): string[][] =>
    Object.entries(properties).map(([name, schema]) => {
      const { type, default: standard, minimum, maximum, description } = schema as Setting;
      const range = minimum === undefined && maximum === undefined ? '' : `${minimum ?? ''} … ${maximum ?? ''}`;
      return [name, type ?? '', standard === undefined ? '' : JSON.stringify(standard), range, description ?? ''];
    });
  const header = ['setting', 'type', 'default', 'range', 'meaning'];
  const out = [`${model.title} (${model.id}, ${model.family})`, model.description, `Source: ${model.source}`, ''];
  const settings = rows(model.config.properties);
  out.push(settings.length > 0 ? table(header, settings) : 'No settings.');
  const options = rows(model.queryOptions?.properties ?? {});
  if (options.length > 0) out.push('', 'Query options:', table(header, options));
  process.stdout.write(`${out.join('\n')}\n`);
}
