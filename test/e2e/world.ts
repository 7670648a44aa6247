import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { WEB_ROOT } from '../../src/config.ts';
import type { Service } from '../../src/connect/contract.ts';
import type { Batch, TrackRow } from '../../src/dataset/rows.ts';
import { Library } from '../../src/library/library.ts';
import { train } from '../../src/recommend/train.ts';
import { type Server, startServer } from '../../src/serve/server.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const CHROMIUM = process.env.SEGUE_CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long something may take on a busy machine; what is already there is never waited for. */
const PATIENCE_MS = 60_000;
/** A server on a busy machine rejects nothing in these tests. */
const WAIT_S = 60;

/** Why the browser tests are skipped; false when they run. */
export const skip: string | false = existsSync(CHROMIUM)
  ? false
  : `there is no Chromium at ${CHROMIUM} (SEGUE_CHROMIUM names another)`;

/** Names that a careless page would execute, break on or be reversed by. */
export const HOSTILE = [
  '<img src=x onerror="window.hacked=1"> & <b>bold</b>',
  '<script>window.hacked=1</script>',
  '"><svg onload=window.hacked=1>',
  'שיר של לילה 🌙 \u202Edesrever',
  'x'.repeat(10_000),
  '🌧️'.repeat(500),
  "javascript:alert('x')",
  '{{constructor.constructor("window.hacked=1")()}}',
];

function hostileBatch(): Batch {
  const tracks = HOSTILE.map(
    (name, i): TrackRow => ({
      uri: `spotify:track:${String(i).padStart(22, 'h')}`,
      name,
      artists: [{ name: i % 2 === 0 ? 'Mallory <i>&' : name.slice(0, 300) }],
      album: { name },
      year: 2001,
      popularity: 50,
      genres: ['hostile pop'],
      durationMs: 200_000,
      features: { energy: 0.5, valence: 0.5, danceability: 0.5, acousticness: 0.2, tempo: 120, loudness: -8 },
    }),
  );
  return {
    tracks,
    artists: [],
    owners: [{ id: 'hostile:1', kind: 'playlist', title: HOSTILE[0], items: tracks.map((_, i) => i) }],
    rejections: [],
  };
}

function* batches(): Iterable<Batch> {
  yield* demoBatches({ tracks: 3_000, playlists: 1_200, seed: 7 });
  yield hostileBatch();
}

export interface WorldOptions {
  fill?: (library: Library) => Promise<void>;
  models?: string[];
  /** Services that can be connected; by default the real ones. */
  services?: readonly Service[];
  /** Requires sign-in; the server is then addressed as localhost. */
  readonly signIn?: boolean;
}

/** A small demo world with hostile songs, trained and served on a free port of this machine. */
export class World {
  readonly dir: string;
  server: Server;
  readonly url: string;
  private readonly browser: Browser;
  private readonly library: Library;

  private constructor(dir: string, library: Library, server: Server, browser: Browser) {
    this.dir = dir;
    this.library = library;
    this.server = server;
    // Browsers allow passkeys for names, not for numeric addresses.
    this.url = server.firstRun === null ? server.address : server.address.replace('127.0.0.1', 'localhost');
    this.browser = browser;
  }

  /** @param options what to fill the library with instead of the demo world, and what to train on it */
  static async open(options: WorldOptions = {}): Promise<World> {
    if (!existsSync(join(WEB_ROOT, 'index.html'))) await buildWeb();
    const dir = await mkdtemp(join(tmpdir(), 'segue-e2e-'));
    const library = await Library.open(dir);
    if (options.fill) await options.fill(library);
    else await library.importBatches(demo, 'demo', batches());
    await train(library, { models: options.models ?? ['popularity', 'balanced', 'clusters'] });
    const server = await startServer(library, {
      host: '127.0.0.1',
      port: 0,
      longestWait: WAIT_S,
      services: options.services,
      signIn: options.signIn,
    });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    return new World(dir, library, server, browser);
  }

  /** Ends the server as a crash would, dropping connections. */
  async stopServer(): Promise<void> {
    await this.server.close();
  }

  /** Restarts the server on the same port. */
  async restartServer(): Promise<void> {
    this.server = await startServer(this.library, {
      host: '127.0.0.1',
      port: Number(new URL(this.url).port),
      longestWait: WAIT_S,
    });
  }

  /** Opens the page with the most popular song as the seed and waits for the list of 50. */
  async startList(page: Page): Promise<void> {
    const [song] = (await this.server.engine.recommend({ n: 1, model: 'popularity' })).tracks;
    await page.goto(this.url);
    await addSong(page, song!.name);
    await rows(page).nth(49).waitFor({ state: 'attached' });
  }

  /** A page in its own profile, with everything it reports as an error. */
  async page(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[]; foreign: string[] }> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    const foreign: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || /content security policy/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== this.url) foreign.push(request.url());
    });
    // Nothing leaves this machine, not even for Spotify's player.
    await context.route(
      (url) => url.protocol.startsWith('http') && url.origin !== this.url,
      (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<p>player</p>' }),
    );
    page.setDefaultTimeout(PATIENCE_MS);
    return { page, complaints, foreign };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10 });
  }
}

function buildWeb(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', 'build', '-w', 'web'], { cwd: ROOT, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the web app did not build (${code})`))));
  });
}

/**
 * Waits until a page shows what is expected: the results of requests and redraws come a moment after the click.
 * @param read what is shown now
 * @throws AssertionError with the last value when it has not come in time
 */
export async function becomes<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = await read();
    if (isDeepStrictEqual(shown, expected)) return;
    if (Date.now() > until) assert.deepEqual(shown, expected);
    await sleep(50);
  }
}

/** Searches for a song and picks the first suggestion that is a song. */
export async function addSong(page: Page, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'A song' });
  await box.fill(text);
  await page.locator('.suggestion.track').first().click();
}

/** Chooses a model by its id, under Advanced. */
export async function chooseModel(page: Page, id: string): Promise<void> {
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByLabel('All models').selectOption(id);
}

export const rows = (page: Page) => page.locator('.row');

/** Polls the page until an expression is true. The expression is text, because the browser's types are not available here. */
export async function until(page: Page, expression: string, timeout = PATIENCE_MS): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
    if (Date.now() > end) throw new Error(`did not become true: ${expression}`);
    await page.waitForTimeout(50);
  }
}

/** Number of pixels by which the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
