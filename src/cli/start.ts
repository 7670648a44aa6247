import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { WEB_ROOT } from '../config.ts';
import { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import { loadServer } from '../serve/load-server.ts';
import { beginOpening } from '../serve/opening.ts';
import type { Server } from '../serve/server.ts';
import { cancellable, configurationOf, libraryDir, openOrCreateLibrary } from './context.ts';
import { Progress } from './progress.ts';
import { sayWhoMayEnter, untilStopped, withServeOptions } from './serve.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMPILED = ['kernels.wasm', 'slices.wasm'].map((name) => join(ROOT, 'build', name));

export function register(program: Command): void {
  withServeOptions(
    program
      .command('start')
      .summary('build, create a demo library on first run, train and serve')
      .description('What `npm start` runs: takes a clean checkout to a running app, showing progress.'),
  ).action(async (_flags: object, command: Command) => {
    const { values } = configurationOf(command);
    const progress = new Progress();
    if (!COMPILED.every((file) => existsSync(file))) await build('build:wasm', 'the kernels', progress);
    if (!existsSync(join(WEB_ROOT, 'index.html'))) await build('build:web', 'the browser app', progress);
    const library = await openOrCreateLibrary(command);
    if ((await library.datasetId()) === null) await makeDemo(library, progress);
    progress.update(Number.NaN, `Opening ${libraryDir(command)}`);
    const opening = await beginOpening(library, values);
    const { startServer } = await loadServer();
    const server = await startServer(library, values, opening);
    progress.clear();
    sayWhoMayEnter(values, server);
    const stopped = untilStopped(server);
    await Promise.race([stopped, trainMissing(server, library, progress)]);
    await stopped;
  });
}

/** Runs one of package.json's build scripts. @throws SegueError INTERNAL with its output */
async function build(script: string, what: string, progress: Progress): Promise<void> {
  progress.say(`Building ${what} …`);
  const child = spawn('npm', ['run', '--silent', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4000);
    });
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
  if (code !== 0)
    throw new SegueError('INTERNAL', {
      got: `Building ${what} failed: ${printed.trim().split('\n').at(-1) ?? ''}`,
      remedy: `Run \`npm run ${script}\` to see the full output`,
    });
}

/** Creates the fictional demo library, so that there is something to try. */
async function makeDemo(library: Library, progress: Progress): Promise<void> {
  const { DEMO_DEFAULTS, demo, demoBatches } = await import('../sources/demo/demo.ts');
  progress.say(
    `The library is empty: creating the demo world, ${DEMO_DEFAULTS.tracks.toLocaleString('en')} fictional songs in ${DEMO_DEFAULTS.playlists.toLocaleString('en')} playlists.`,
  );
  await cancellable((signal) =>
    library.importBatches(demo, 'demo', demoBatches(DEMO_DEFAULTS), {
      signal,
      onProgress: ({ fraction, note }) => progress.update(fraction, `demo world: ${note}`),
    }),
  );
  progress.clear();
}

/** Trains the missing models while the server runs; the server picks up each one when it is done. */
async function trainMissing(server: Server, library: Library, progress: Progress): Promise<void> {
  const { modelsToTrain } = await import('../recommend/train.ts');
  const { models: wanted } = modelsToTrain(await library.dataset(), undefined);
  const { models } = await server.answers.ask('models', {});
  const missing = wanted.map((m) => m.id).filter((id) => !models.find((m) => m.id === id)?.trained);
  if (missing.length > 0) {
    progress.say(`The app is already running at ${server.address}; recommendations improve as each model is trained.`);
    const job = server.jobs.start({ kind: 'train', models: missing });
    const ended = await new Promise<typeof job>((resolve) => {
      const stop = server.jobs.watch(job.id, (event) => {
        if (event.type === 'progress')
          progress.update(event.fraction, `training ${event.model ? `${event.model}: ` : ''}${event.note}`);
        else {
          stop();
          resolve(event);
        }
      });
    });
    progress.clear();
    if (ended.state === 'cancelled') return;
    if (ended.state === 'failed')
      progress.say(ended.code === 'LIBRARY_BUSY' ? ended.error! : `Training failed: ${ended.error}`);
  }
  progress.say(`Segue is ready at ${server.address}`);
}
